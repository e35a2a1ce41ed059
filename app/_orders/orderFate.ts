import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import type { KnownReason, OrderReason } from './orderReason'
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

/** Why an order takes no part any more: `killed` where only its own terms tell, fill or kill. PROTOCOL.md section 11. */
export type DropReason = (typeof DROPS)[number] | 'killed'

/** Dispositions that end an order otherwise than by its own terms or its owner. */
const DROPS = [
  ...(['invalid', 'selfTrade', 'uncovered', 'tooManyConditional', 'fillOrKill'] as const),
  ...(['minFillEnded', 'cutEnded', 'crowdedOutEnded', 'tooOld'] as const),
]

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
 * An order's fate from the chain, its opened terms and the enclave's list. PROTOCOL.md section 11.
 *
 * @param terms Null where nobody has opened it here.
 * @param selfTrade Whether it crossed an earlier order of its own trader, as far as those are opened here.
 * @param reason What its enclave's list says, which is the truth where it is known.
 */
export function fateOf(
  order: OwnOrder,
  terms: OrderTerms | null,
  progress: BatchProgress,
  selfTrade = false,
  reason: OrderReason | null = null,
): OrderFate {
  const { batchId, cancelledIn } = order
  if (terms && filledLots(order) >= terms.quantity) return { at: 'filled' }
  const ended = reason?.known ? endedBy(reason) : null
  if (ended) return ended
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
  // Without its list, as far as its owner can tell from the chain and his own orders.
  if (!reason?.known) {
    if (selfTrade) return { at: 'dropped', reason: 'selfTrade' }
    if (isFillOrKill(terms) && !stays(terms) && !order.inVoidBatch) return { at: 'dropped', reason: 'killed' }
  }
  const over = (progress.current > last && isDecided(last, progress)) || (reason?.known && reason.gone)
  return { at: over ? 'expired' : 'resting' }
}

/** null where a list's word did not end the order, or says nothing that is not known better. */
function endedBy({ name }: KnownReason): OrderFate | null {
  if (name === 'filled' || name === 'cancelled' || name === 'expired') return { at: name }
  if (name === 'ended') return { at: 'expired' }
  const dropped = DROPS.find((drop) => drop === name)
  return dropped ? { at: 'dropped', reason: dropped } : null
}
