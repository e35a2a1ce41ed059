import type { MarketState } from '../chain/book/marketState'
import type { ChainTimes, MarketTask } from './dueTasks'
import type { TrackedMarket } from './marketBook'

/** What the contract's storage says of a market in the newest block. */
export type MarketPointers = Pick<MarketState, 'head' | 'toSettle' | 'extendedUntil' | 'strikes'>

/** Unix seconds: the first second that is no longer part of a batch. */
function endOf({ startsAt, params }: TrackedMarket, batchId: bigint): bigint {
  return startsAt + batchId * BigInt(params.batchLength)
}

/**
 * Whether something of a market may be due, by the clock and final blocks alone: only then is its storage worth a look.
 */
export function mayBeDue(market: TrackedMarket, { latest }: ChainTimes): boolean {
  const isPast = (batchId: bigint) => latest >= endOf(market, batchId)
  return [...market.batches.keys(), ...market.withdrawals.values()].some(isPast)
}

/**
 * What a market needs now. PROTOCOL.md section 11.
 *
 * A settlement waits until the batch's end is final, as the enclave does; everything else goes by the newest block,
 * where the contract will judge it. Batches go in order: each waits until those before it are settled or past their time.
 */
export function dueMarketTasks(market: TrackedMarket, pointers: MarketPointers, now: ChainTimes): MarketTask[] {
  const head = firstWaiting(market, pointers.head)
  return [...batchTasks(market, { ...pointers, head }, now), ...withdrawalTasks(market, head, now)]
}

/**
 * The first batch that is neither final nor void. Storage may still point at a void one, which is tracked no more: the
 * contract steps over it when the next is made final, or a withdrawal paid.
 */
function firstWaiting({ batches }: TrackedMarket, head: bigint): bigint {
  if (head === 0n) return head
  return [...batches.keys()].filter((batchId) => batchId >= head).sort(ascending)[0] ?? head
}

function batchTasks(market: TrackedMarket, pointers: MarketPointers, now: ChainTimes): MarketTask[] {
  const { id, batches, params } = market
  const { head, toSettle, extendedUntil, strikes } = pointers
  const deadlineOf = (batchId: bigint) => {
    const deadline = endOf(market, batchId) + BigInt(params.batchSettleBy)
    return deadline < extendedUntil ? extendedUntil : deadline
  }
  const tasks: MarketTask[] = []
  const unsettled = [...batches.keys()].filter((batchId) => toSettle !== 0n && batchId >= toSettle).sort(ascending)
  const next = unsettled.find((batchId) => now.latest < deadlineOf(batchId))
  // A strike in a block that is not final made a new round of which the enclave does not know yet.
  const isOpen = next !== undefined && batches.get(next)?.status === 'open' && strikes === market.strikes
  if (isOpen && now.finalized >= endOf(market, next)) {
    tasks.push({ id, kind: 'settleBatch', batchId: next, round: strikes + 1 })
  }
  if (toSettle !== 0n && now.latest >= deadlineOf(toSettle)) tasks.push({ id, kind: 'voidLate', batchId: toSettle })
  const oldest = batches.get(head)
  const isSettled = head !== toSettle && oldest?.status === 'settled' && strikes === market.strikes
  if (isSettled && now.latest >= oldest.challengeUntil) {
    tasks.push({ id, kind: 'finalizeBatch', batchId: head, round: strikes + 1, fills: oldest.fills })
  }
  return tasks
}

/** Paid once every used batch up to that of the request is final or void. */
function withdrawalTasks(market: TrackedMarket, head: bigint, { latest }: ChainTimes): MarketTask[] {
  return [...market.withdrawals]
    .filter(([, batchId]) => latest >= endOf(market, batchId) && (head === 0n || head > batchId))
    .map(([trader, batchId]) => ({ id: market.id, kind: 'executeWithdrawal', trader, batchId }))
}

const ascending = (a: bigint, b: bigint) => (a < b ? -1 : 1)
