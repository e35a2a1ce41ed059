import { findBatch } from '../../../../../../../../lib/db/book/batches'
import { readCarriedList } from '../../../../../../../../lib/db/book/carriedLists'
import { findMarket } from '../../../../../../../../lib/db/book/markets'
import { dispositionName } from '../../../../../../../../lib/protocol/book/disposition'
import { ApiError, unknownBatch, unknownMarket } from '../../../../../_lib/errors'
import { toHash } from '../../../../../_lib/hex'
import { carriedEndpoint } from '../../../../../_lib/marketEndpoints'
import { serve } from '../../../../../_lib/serve'

export { OPTIONS } from '../../../../../_lib/cors'

/**
 * What became of every order of a settled batch, with its reason. Published by its enclave to everybody, by leaf: see
 * lib/indexer/bundles/carriedSource.ts for what it tells and what it does not. PROTOCOL.md section 11.
 */
export const GET = serve(carriedEndpoint, async ({ tx, path }) => {
  const market = await findMarket(tx, path.id)
  if (!market) throw unknownMarket()
  const batch = await findBatch(tx, market.id, BigInt(path.batchId))
  if (!batch) throw unknownBatch()
  const { settlement } = batch
  if (!settlement)
    throw new ApiError('LIST_NOT_HERE', { message: 'No settlement of this batch stands: it has no list.' })
  const carried = await readCarriedList(tx, settlement.carriedHash)
  if (!carried) throw new ApiError('LIST_NOT_HERE')
  return {
    batchId: path.batchId,
    round: settlement.round,
    carriedHash: toHash(settlement.carriedHash),
    carried: carried.map((row) => ({ ...row, reason: nameOf(row.disposition) })),
  }
})

function nameOf(disposition: number) {
  const name = dispositionName(disposition)
  if (name === null) throw new Error(`a kept list has the disposition ${disposition}`)
  return name
}
