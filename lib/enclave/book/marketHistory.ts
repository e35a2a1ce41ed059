import type { Address, Hex } from 'viem'
import { BATCH_STATUS, type BatchState } from '../../chain/book/batchState'
import type { BookEventOf, OrderPlaced } from '../../chain/book/events'
import type { MarketState } from '../../chain/book/marketState'
import { ZERO_HASH } from '../../protocol/constants'

/** An order as its batch's accumulator has it. */
export type BookOrder = Pick<OrderPlaced, 'batchId' | 'seq' | 'trader' | 'keyId' | 'x' | 'y'> & {
  leaf: Hex
  /** The 257-byte blob; empty once it was opened. */
  sealed: Hex
}

/** A cancellation: from its batch on, the order of `leaf` does not trade, or none of the trader's earlier ones. */
export type BookCancellation =
  { batchId: bigint; seq: number; leaf: Hex } | { batchId: bigint; seq: number; all: Address }

/** A batch that somebody used: what storage says of it, and what its leaves are, in their order. */
export type UsedBatch = {
  id: bigint
  state: BatchState
  /** What the leaves read so far fold to. */
  acc: Hex
  count: number
  orders: BookOrder[]
  cancellations: BookCancellation[]
}

/** What storage does not hold one by one: as many endpoints say it as must agree on a header. */
export type AgreedEvent = BookEventOf<'MarginDeposited' | 'WithdrawalRequested' | 'MarginWithdrawn' | 'BatchSettled'>

/** A market up to a final block: every leaf behind the accumulators, every settlement behind its fills' hash. */
export type MarketHistory = {
  id: Hex
  /** The first block that was not read yet. */
  next: bigint
  /** As storage had it in the last block read. */
  market: MarketState | null
  /** By id, in order: the used ones, none left out. */
  batches: Map<bigint, UsedBatch>
  /** Of batch 0 that storage says comes first; 0 while nobody used any. */
  first: bigint
  /** In the chain's order. */
  events: AgreedEvent[]
}

export function emptyHistory(id: Hex, startBlock: bigint): MarketHistory {
  return { id, next: startBlock, market: null, batches: new Map(), first: 0n, events: [] }
}

export function newBatch(id: bigint, state: BatchState): UsedBatch {
  return { id, state, acc: ZERO_HASH, count: 0, orders: [], cancellations: [] }
}

/** Whether a batch can change no more: final or void, and another one used behind it. */
export function isDone({ state }: UsedBatch): boolean {
  return state.status !== BATCH_STATUS.OPEN && state.next !== 0n
}

/** Whether a batch's newest settlement stands: it is final, or waits to be. PROTOCOL.md section 11. */
export function isSettled(
  { toSettle }: Pick<MarketState, 'toSettle'>,
  { id, state }: Pick<UsedBatch, 'id' | 'state'>,
): boolean {
  if (state.status !== BATCH_STATUS.OPEN) return state.status === BATCH_STATUS.FINAL
  return state.challengeUntil !== 0n && (toSettle === 0n || id < toSettle)
}
