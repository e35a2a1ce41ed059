import { zeroAddress, type Address, type Hex } from 'viem'
import { BATCH_STATUS, type BatchState } from '../../chain/book/batchState'
import type { MarketState } from '../../chain/book/marketState'
import { SubrosaError } from '../../protocol/errors'
import type { Header } from '../chain/header'
import { decodeKey, keySlots, type ProvenKey } from '../chain/provenAuction'
import { batchValue, marketValue, signerIndexValue, struckValue } from '../chain/provenMarket'
import type { HistorySource } from './extendHistory'
import { deadlineOf, endOf } from './marketHistory'

/** A batch whose end is final, as storage has it: what may be settled now, but for those before it. */
export type DueBatch = {
  id: Hex
  batchId: bigint
  market: MarketState
  batch: BatchState
  /** The sealing epoch that the registry names for the batch's key: a hint, to be held against the key itself. */
  epoch: bigint
  /** The finalized block whose storage was read. */
  block: Header
}

/**
 * A batch that this signer may settle. An unknown market is answered like a batch that still takes orders, and takes
 * the same work. PROTOCOL.md sections 7 and 11.
 *
 * @throws SubrosaError BATCH_END_NOT_FINAL; BATCH_NOT_NEXT, SETTLEMENT_TOO_LATE, KEY_UNAVAILABLE, SIGNER_STRUCK where it
 * must not be settled; ENDPOINTS_DISAGREE, RPC_UNAVAILABLE where the chain cannot be read.
 */
export async function readDueBatch(
  { chain, deployment }: HistorySource,
  signer: Address,
  id: Hex,
  batchId: bigint,
): Promise<DueBatch> {
  const { book, registry } = deployment.contracts
  const { market, batch, block } = await readBatchState({ chain, deployment }, id, batchId)
  const place = signerIndexValue(batch.keyId, signer)
  const entry = keySlots(batch.keyId)
  const registered = await chain.prove(block, registry, [...entry, ...place.slots])
  const key = decodeKey(registered.slice(0, entry.length))
  const signerIndex = place.decode(registered.slice(entry.length))
  const struck = struckValue(id, batchId, signerIndex)
  const isStruck = struck.decode(await chain.prove(block, book, struck.slots))
  requireDue({ batchId, market, batch, key, now: block.timestamp })
  if (signerIndex === 0) throw new SubrosaError('KEY_UNAVAILABLE')
  if (isStruck) throw new SubrosaError('SIGNER_STRUCK')
  return { id, batchId, market, batch, epoch: key.epoch, block }
}

/** A market and one of its batches, as storage has them in the finalized block. @throws SubrosaError as `agree`. */
export async function readBatchState(
  { chain, deployment }: HistorySource,
  id: Hex,
  batchId: bigint,
): Promise<Pick<DueBatch, 'market' | 'batch' | 'block'>> {
  const block = await chain.agree()
  const [market, batch] = [marketValue(id), batchValue(id, batchId)]
  const words = await chain.prove(block, deployment.contracts.book, [...market.slots, ...batch.slots])
  const split = market.slots.length
  return { market: market.decode(words.slice(0, split)), batch: batch.decode(words.slice(split)), block }
}

type Judged = { batchId: bigint; market: MarketState; batch: BatchState; key: ProvenKey; now: bigint }

/** Past its end, unsettled, and in time, in a block that cannot be undone. */
function requireDue({ batchId, market, batch, key, now }: Judged): void {
  if (market.creator === zeroAddress || now < endOf(market, batchId)) throw new SubrosaError('BATCH_END_NOT_FINAL')
  const isOpen = batch.count > 0 && batch.status === BATCH_STATUS.OPEN
  if (!isOpen || market.toSettle === 0n || batchId < market.toSettle) throw new SubrosaError('BATCH_NOT_NEXT')
  if (now >= deadlineOf(market, batchId)) throw new SubrosaError('SETTLEMENT_TOO_LATE')
  if (!key.known || key.revoked) throw new SubrosaError('KEY_UNAVAILABLE')
}
