import type { Hex } from 'viem'
import { lastBatchOf } from './orderFate'
import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import { isSell } from './orderTerms'
import type { OwnOrder } from './ownOrders'

type Opened = { order: OwnOrder; terms: OrderTerms | null }

/** Whether two orders would trade with each other: a buy at or above a sell. */
export function crosses(a: OrderTerms, b: OrderTerms): boolean {
  if (isSell(a) === isSell(b)) return false
  const [buy, sell] = isSell(a) ? [b, a] : [a, b]
  return buy.price >= sell.price
}

/**
 * The leaves of those of a trader's own orders that crossed an earlier one of his which was still there in their batch: such an order
 * is dropped for good. PROTOCOL.md section 11, step 2. Orders that nobody opened here are passed over, and so is one
 * whose batch nobody settled.
 *
 * @param orders All of his, in the order of their coming.
 */
export function selfTrades(orders: readonly Opened[]): ReadonlySet<Hex> {
  const dropped = new Set<Hex>()
  const earlier: { order: OwnOrder; terms: OrderTerms }[] = []
  for (const { order, terms } of orders) {
    if (!terms) continue
    const { batchId, leaf, cancelledIn, inVoidBatch } = order
    const takesPart = !inVoidBatch && (cancelledIn === null || cancelledIn > batchId)
    if (takesPart && earlier.some((other) => isThere(other, batchId) && crosses(other.terms, terms))) dropped.add(leaf)
    else earlier.push({ order, terms })
  }
  return dropped
}

/** Whether an order takes part in a batch, and has something left in it. */
function isThere({ order, terms }: { order: OwnOrder; terms: OrderTerms }, batchId: number): boolean {
  const { cancelledIn, fills } = order
  if (cancelledIn !== null && cancelledIn <= batchId) return false
  if (lastBatchOf(order, terms) < batchId) return false
  const before = fills.filter((fill) => fill.batchId < batchId).reduce((sum, { lots }) => sum + lots, 0)
  return before < terms.quantity
}
