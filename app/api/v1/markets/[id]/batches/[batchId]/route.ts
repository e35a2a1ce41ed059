import { findBatch, findStrike } from '../../../../../../../lib/db/book/batches'
import { readBatchFills } from '../../../../../../../lib/db/book/fills'
import { findMarket } from '../../../../../../../lib/db/book/markets'
import { listBatchLeaves } from '../../../../../../../lib/db/book/orders'
import { toBatchLeafView, toBatchSettlementView, toBatchView, toFillView } from '../../../../_lib/batchView'
import { decodeSeqCursor, encodeSeqCursor } from '../../../../_lib/cursor'
import { unknownBatch, unknownMarket } from '../../../../_lib/errors'
import { toOrigin } from '../../../../_lib/hex'
import { batchEndpoint } from '../../../../_lib/marketEndpoints'
import { serve } from '../../../../_lib/serve'

export { OPTIONS } from '../../../../_lib/cors'

/** One batch: its settlement and fills, what was taken back, and a page of its leaves. */
export const GET = serve(batchEndpoint, async ({ tx, now, path, query: { cursor, limit } }) => {
  const afterSeq = decodeSeqCursor(cursor)
  const market = await findMarket(tx, path.id)
  if (!market) throw unknownMarket()
  const [marketId, batchId] = [market.id, BigInt(path.batchId)]
  const batch = await findBatch(tx, marketId, batchId)
  if (!batch) throw unknownBatch()
  const struck = []
  for (const settlement of batch.struck) {
    const origin = await findStrike(tx, { marketId, batchId, round: settlement.round })
    if (origin) struck.push({ ...toBatchSettlementView(settlement), struck: toOrigin(origin) })
  }
  const { leaves, nextSeq } = await listBatchLeaves(tx, { marketId, batchId, afterSeq, limit })
  return {
    batch: toBatchView(batch, market, now),
    struck,
    fills: (await readBatchFills(tx, marketId, batchId)).map(toFillView),
    leaves: leaves.map(toBatchLeafView),
    nextCursor: encodeSeqCursor(nextSeq),
  }
})
