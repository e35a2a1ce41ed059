import { ORDER_FLAG } from '../clearing/orders'
import { opensCommitment } from '../sealing/judge'
import type { Opened, OpenFault } from '../sealing/open'
import { parsePlaintext, type BidPlaintext, type PlaintextFault } from '../sealing/plaintext'
import type { SealedEnvelope } from '../sealing/publicCheck'

/** What an order asks for. PROTOCOL.md section 11. */
export interface OrderTerms {
  /** `ORDER_FLAG` bits. */
  flags: number
  /** Ticks per lot: the limit, or the worst acceptable price of a market order. */
  price: number
  /** Lots. */
  quantity: number
  /** Lots, at most the quantity; 0 for none. */
  minFill: number
  /** The last batch in which it may trade; 0 for no such. */
  expiryBatch: number
}

/** Why an order is dropped for good before anything else. PROTOCOL.md section 11, step 1. */
export type InvalidOrderReason =
  | OpenFault
  | PlaintextFault
  | 'wrong-kind'
  | 'zero-price'
  | 'zero-quantity'
  | 'unknown-flags'
  | 'below-min-lots'
  | 'min-fill-above-quantity'
  | 'commitment-mismatch'

export type OrderJudgement = ({ valid: true } & OrderTerms) | { valid: false; reason: InvalidOrderReason }

export const ORDER_FLAGS_MASK = ORDER_FLAG.sell | ORDER_FLAG.fillOrKill | ORDER_FLAG.stays | ORDER_FLAG.market

type JudgedOrder = Pick<SealedEnvelope, 'context' | 'trader' | 'x' | 'y'>

/**
 * Whether a sealed order is valid, and what it says. A verdict for every blob, whatever its sender did. No two terms
 * contradict each other: fill-or-kill that stays waits for a batch whose price reaches it, and an expiry without `stays`
 * keeps an order that was mined too late from trading. PROTOCOL.md section 11, step 1.
 *
 * @param minLots The market's.
 */
export function judgeOrder(opened: Opened, leaf: JudgedOrder, minLots: number): OrderJudgement {
  if (!opened.ok) return { valid: false, reason: opened.reason }
  const parsed = parsePlaintext(opened.plaintext)
  if (!parsed.ok) return { valid: false, reason: parsed.reason }
  const reason = faultOf(parsed.value, leaf, minLots)
  if (reason !== null) return { valid: false, reason }
  const { flags, price, quantity, minFill, expiryBatch } = parsed.value
  return { valid: true, flags, price, quantity, minFill, expiryBatch }
}

function faultOf(order: BidPlaintext, leaf: JudgedOrder, minLots: number): InvalidOrderReason | null {
  if (order.kind !== leaf.context.kind) return 'wrong-kind'
  if (order.price === 0) return 'zero-price'
  if (order.quantity === 0) return 'zero-quantity'
  if (order.quantity < minLots) return 'below-min-lots'
  if ((order.flags & ~ORDER_FLAGS_MASK) !== 0) return 'unknown-flags'
  if (order.minFill > order.quantity) return 'min-fill-above-quantity'
  return opensCommitment(order, leaf) ? null : 'commitment-mismatch'
}
