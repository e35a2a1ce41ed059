import type { Hex } from 'viem'
import { readBatch } from '../../lib/chain/book/batchState'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import { readSealingKey } from '../../lib/chain/sealingKeys'
import { ZERO_HASH } from '../../lib/protocol/constants'
import { SubrosaError } from '../../lib/protocol/errors'
import { keyIdOf } from '../../lib/protocol/sealing/context'
import { batchAt, endOfBatch } from '../_data/batches'
import { readSealingKeys } from '../_data/readSealingKeys'
import type { MarketView } from './marketView'

/**
 * The key for an order that comes into the batch of the newest block: the one that the batch's first order chose, since a
 * batch has one key, or the registry's newest that may be used until the batch ends. PROTOCOL.md section 11.
 *
 * @throws SubrosaError KEY_REJECTED where the registry has none.
 */
export async function readOrderKey(
  chain: ChainConnection,
  deployment: Deployment,
  market: MarketView,
): Promise<{ keyId: Hex; publicKey: Hex }> {
  const { timestamp } = await chain.readBlock('latest')
  const batchId = batchAt(market, Number(timestamp))
  const { keyId: chosen } = await readBatch(chain, deployment, market.id, BigInt(batchId))
  if (chosen !== ZERO_HASH) {
    const key = await readSealingKey(chain, deployment, chosen)
    if (key && key.revokedAt === null && keyIdOf(key.publicKey) === chosen)
      return { keyId: chosen, publicKey: key.publicKey }
  }
  const end = BigInt(endOfBatch(market, batchId))
  const keys = await readSealingKeys(chain, deployment)
  const usable = keys.find(
    ({ keyId, publicKey, retiredAt, revokedAt, notBefore, notAfter }) =>
      retiredAt === null &&
      revokedAt === null &&
      notBefore <= timestamp &&
      notAfter >= end &&
      keyIdOf(publicKey) === keyId,
  )
  if (!usable) throw new SubrosaError('KEY_REJECTED', { details: 'The registry has no key for this batch.' })
  return { keyId: usable.keyId, publicKey: usable.publicKey }
}
