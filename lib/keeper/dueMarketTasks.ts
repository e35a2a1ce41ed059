import type { MarketState } from '../chain/book/marketState'
import type { ChainTimes, MarketTask } from './dueTasks'
import type { TrackedMarket } from './marketBook'

/**
 * What the contract says of a market in the newest block. `deadlines`: Unix seconds from which on unsettled batches are void,
 * of as many as the contract can void in passing, and the one behind them.
 */
export type MarketPointers = Pick<MarketState, 'head' | 'toSettle' | 'strikes'> & {
  deadlines: ReadonlyMap<bigint, bigint>
}

/** Steps that the contract takes in passing, over late batches or void ones. */
export const STEPS_IN_PASSING = 8

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

/** The used batches that wait to be settled, the first ones, as final blocks tell. */
export function unsettledBatches({ batches }: TrackedMarket, toSettle: bigint): bigint[] {
  if (toSettle === 0n) return []
  return [...batches.keys()].filter((batchId) => batchId >= toSettle).sort(ascending)
}

/**
 * What a market needs now. PROTOCOL.md section 11.
 *
 * A settlement waits until the batch's end is final, as the enclave does; everything else goes by the newest block,
 * where the contract will judge it. Batches go in order: each waits until those before it are settled, or void. What can
 * not pass is not sent: with more late or void batches in the way than are stepped over in passing, those come first.
 */
export function dueMarketTasks(market: TrackedMarket, pointers: MarketPointers, now: ChainTimes): MarketTask[] {
  return [...batchTasks(market, pointers, now), ...withdrawalTasks(market, pointers.head, now)]
}

function batchTasks(market: TrackedMarket, pointers: MarketPointers, now: ChainTimes): MarketTask[] {
  const { id, batches } = market
  const { head, toSettle, strikes, deadlines } = pointers
  // Void ones are tracked no more: where storage points at one all the same, it is stepped over before anything else.
  const isVoid = (batchId: bigint) => batchId !== 0n && batchId <= market.tail && !batches.has(batchId)
  const stuck = [head, toSettle].find(isVoid)
  if (stuck !== undefined) return [{ id, kind: 'voidLate', batchId: stuck }]
  const tasks: MarketTask[] = []
  const unsettled = unsettledBatches(market, toSettle)
  const isLate = (batchId: bigint) => {
    const deadline = deadlines.get(batchId)
    return deadline !== undefined && now.latest >= deadline
  }
  const late = unsettled.findIndex((batchId) => !isLate(batchId))
  const next = unsettled[late]
  // A strike in a block that is not final made a new round of which the enclave does not know yet.
  const isSameRound = strikes === market.strikes
  const isOpen = next !== undefined && deadlines.has(next) && batches.get(next)?.status === 'open' && isSameRound
  if (isOpen && late <= STEPS_IN_PASSING && now.finalized >= endOf(market, next)) {
    tasks.push({ id, kind: 'settleBatch', batchId: next, round: strikes + 1 })
  }
  if (isLate(toSettle)) tasks.push({ id, kind: 'voidLate', batchId: toSettle })
  const oldest = batches.get(head)
  const isSettled = head !== toSettle && oldest?.status === 'settled' && isSameRound
  if (isSettled && now.latest >= oldest.challengeUntil) {
    const { settlement, fills, challengeUntil } = oldest
    const batch = { id, batchId: head, round: strikes + 1 }
    tasks.push({ ...batch, kind: 'finalizeBatch', settlement, fills })
    // Whatever keeps it from being made final, it holds up nobody for ever.
    const isStale = now.latest >= challengeUntil + BigInt(market.params.batchSettleBy)
    if (isStale) tasks.push({ ...batch, kind: 'strikeUnfinal' })
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
