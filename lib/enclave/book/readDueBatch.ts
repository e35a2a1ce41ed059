import { zeroAddress, type Address, type Hex } from 'viem'
import { BATCH_STATUS, type BatchState } from '../../chain/book/batchState'
import type { MarketState } from '../../chain/book/marketState'
import { deadlineOf, endOfBatch, MAX_MOVES, type DeadlineMove } from '../../protocol/book/deadline'
import { SubrosaError } from '../../protocol/errors'
import type { Header } from '../chain/header'
import { decodeKey, keySlots, type ProvenKey } from '../chain/provenAuction'
import { barredValue, batchValue, marketValue, moveValue, signerIndexValue } from '../chain/provenMarket'
import { proveValues } from '../chain/proveValues'
import type { HistorySource } from './extendHistory'

/** A batch whose end is final, as storage has it: what may be settled now, but for those before it. */
export type DueBatch = {
  id: Hex
  batchId: bigint
  market: MarketState
  batch: BatchState
  /** What strikes gave, the newest ones. */
  moves: DeadlineMove[]
  /** The sealing epoch that the registry names for the batch's key: a hint, to be held against the key itself. */
  epoch: bigint
  /** The finalized block whose storage was read. */
  block: Header
}

/**
 * A batch that this signer may settle. An unknown market is answered like a batch that still takes orders, and takes
 * the same work. PROTOCOL.md sections 7 and 11.
 *
 * @throws SubrosaError BATCH_END_NOT_FINAL; BATCH_NOT_NEXT, SETTLEMENT_TOO_LATE, KEY_UNAVAILABLE, SIGNER_BARRED where it
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
  const barred = barredValue(id, signer)
  const isBarred = barred.decode(await chain.prove(block, book, barred.slots))
  const moves = await proveMoves({ chain, deployment }, block, market)
  requireDue({ batchId, market, batch, moves, key, now: block.timestamp })
  if (signerIndex === 0) throw new SubrosaError('KEY_UNAVAILABLE')
  if (isBarred) throw new SubrosaError('SIGNER_BARRED')
  return { id, batchId, market, batch, moves, epoch: key.epoch, block }
}

/** As many as the contract looks back at. */
async function proveMoves(
  { chain, deployment }: HistorySource,
  block: Header,
  { id, moves }: MarketState,
): Promise<DeadlineMove[]> {
  if (moves === 0) return []
  const first = Math.max(0, moves - MAX_MOVES)
  const indexes = Array.from({ length: moves - first }, (_, place) => first + place)
  const proven = await proveValues(chain, block, deployment.contracts.book, indexes, (index) => moveValue(id, index))
  return [...proven.values()]
}

/** Those of some keys that the registry knows and that are not revoked. */
export async function proveKeys(
  { chain, deployment }: HistorySource,
  block: Header,
  keyIds: readonly Hex[],
): Promise<Set<Hex>> {
  if (keyIds.length === 0) return new Set()
  const valueOf = (keyId: Hex) => ({ slots: keySlots(keyId), decode: decodeKey })
  const proven = await proveValues(chain, block, deployment.contracts.registry, keyIds, valueOf)
  return new Set([...proven].filter(([, { known, revoked }]) => known && !revoked).map(([keyId]) => keyId))
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

type Judged = Pick<DueBatch, 'batchId' | 'market' | 'batch' | 'moves'> & { key: ProvenKey; now: bigint }

/** Past its end, unsettled, and in time, in a block that cannot be undone. */
function requireDue({ batchId, market, batch, moves, key, now }: Judged): void {
  if (market.creator === zeroAddress || now < endOfBatch(market, batchId)) throw new SubrosaError('BATCH_END_NOT_FINAL')
  const isOpen = batch.count > 0 && batch.status === BATCH_STATUS.OPEN
  if (!isOpen || market.toSettle === 0n || batchId < market.toSettle) throw new SubrosaError('BATCH_NOT_NEXT')
  if (!key.known || key.revoked) throw new SubrosaError('KEY_UNAVAILABLE')
  if (now >= deadlineOf(market, batchId, moves, true)) throw new SubrosaError('SETTLEMENT_TOO_LATE')
}
