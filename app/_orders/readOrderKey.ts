import type { Hex } from 'viem'
import { readKeyOfBatch } from '../../lib/chain/book/reads'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import { readSealingKey } from '../../lib/chain/sealingKeys'
import { ZERO_HASH } from '../../lib/protocol/constants'
import { SubrosaError } from '../../lib/protocol/errors'
import { keyIdOf } from '../../lib/protocol/sealing/context'
import { batchAt } from '../_data/batches'
import type { MarketView } from './marketView'

/**
 * The key for an order that comes into the batch of the newest block: the one of the market's operator that serves it by
 * the clock, as the contract says. PROTOCOL.md section 11.
 *
 * @throws SubrosaError BATCH_KEY_UNUSABLE where no key serves the batch, or it was revoked.
 */
export async function readOrderKey(
  chain: ChainConnection,
  deployment: Deployment,
  market: MarketView,
): Promise<{ keyId: Hex; publicKey: Hex }> {
  const { timestamp } = await chain.readBlock('latest')
  const keyId = await readKeyOfBatch(chain, deployment, market.id, BigInt(batchAt(market, Number(timestamp))))
  const key = keyId === ZERO_HASH ? null : await readSealingKey(chain, deployment, keyId)
  if (!key || key.revokedAt !== null || keyIdOf(key.publicKey) !== keyId) throw new SubrosaError('BATCH_KEY_UNUSABLE')
  return { keyId, publicKey: key.publicKey }
}
