import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import { isFillOrKill, stays } from './orderTerms'
import { filledLots, type OwnOrder } from './ownOrders'

/**
 * What became of an order. `sealed`: its batch is open, or waits to be settled. `resting`: it takes part in each batch.
 * `cancelling`: cancelled, and a batch before that is not settled yet, which may still fill it. `unread`: its batch is
 * settled, and only its owner's wallet can say how much of it is left.
 */
export type OrderFate =
  | { at: 'sealed' | 'resting' | 'unread' | 'filled' | 'cancelled' | 'expired' }
  | { at: 'cancelling'; lastBatch: number }
  | { at: 'dropped'; reason: DropReason }

/** Why an order takes no part any more, as far as its owner can tell from the chain and his own orders. */
export type DropReason = 'fill-or-kill' | 'self-trade'

/** Where a market's batches stand: `toSettle` the first used one that is not settled, 0 for none; `current` by the clock. */
export type BatchProgress = { toSettle: number; current: number }

/** Whether every used batch up to this one is settled or void. */
export function isDecided(batchId: number, { toSettle }: BatchProgress): boolean {
  return toSettle === 0 || batchId < toSettle
}

/** The last batch that an order takes part in by its own terms. */
export function lastBatchOf({ batchId }: Pick<OwnOrder, 'batchId'>, terms: OrderTerms): number {
  if (!stays(terms)) return batchId
  return terms.expiryBatch === 0 ? Infinity : terms.expiryBatch
}

/**
 * An order's fate from the chain and its opened terms. PROTOCOL.md section 11.
 *
 * @param terms Null where nobody has opened it here.
 * @param selfTrade Whether it crossed an earlier order of its own trader.
 */
export function fateOf(
  order: OwnOrder,
  terms: OrderTerms | null,
  progress: BatchProgress,
  selfTrade = false,
): OrderFate {
  const { batchId, cancelledIn } = order
  if (terms && filledLots(order) >= terms.quantity) return { at: 'filled' }
  const last = terms ? lastBatchOf(order, terms) : Infinity
  // What ended by itself before its cancellation counted was not ended by it.
  if (cancelledIn !== null && cancelledIn <= last) {
    // An order that was cancelled in its own batch never trades at all.
    const before = cancelledIn - 1
    if (before < batchId || isDecided(before, progress)) return { at: 'cancelled' }
    return { at: 'cancelling', lastBatch: before }
  }
  if (!isDecided(batchId, progress)) return { at: 'sealed' }
  if (!terms) return { at: 'unread' }
  if (selfTrade) return { at: 'dropped', reason: 'self-trade' }
  if (isFillOrKill(terms) && !stays(terms) && !order.inVoidBatch) return { at: 'dropped', reason: 'fill-or-kill' }
  const over = progress.current > last && isDecided(last, progress)
  return { at: over ? 'expired' : 'resting' }
}
