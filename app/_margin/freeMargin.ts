import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import { marginFor, moneyAt, isSell, type MarketMoney } from '../_orders/orderTerms'
import type { OrderFill } from '../_orders/ownOrders'

/** Base units of either token. */
export type Pair = { base: bigint; quote: bigint }

/** An order that may still trade, and what is left of it. */
export type OpenOrder = { terms: OrderTerms; left: number }

type Facts = {
  /** As the last final batch left it. */
  margin: Pair
  /** Asked for, and not paid yet. */
  requested: Pair
  /** Fills of batches that are settled and not final, which count already. */
  pending: readonly OrderFill[]
  /** In the order of their coming. */
  orders: readonly OpenOrder[]
}

/** What a trader's margin is in the next batch: `counted` of it for all his orders, `free` for another one. */
export type MarginView = { counted: Pair; reserved: Pair; free: Pair }

/**
 * Margin in a batch = deposits, less withdrawals requested, plus fills of earlier batches; open orders reserve what they
 * could cost, in the order of their coming. PROTOCOL.md section 11, step 3.
 */
export function freeMargin({ margin, requested, pending, orders }: Facts, market: MarketMoney): MarginView {
  let { base, quote } = { base: margin.base - requested.base, quote: margin.quote - requested.quote }
  for (const { lots, price, sell } of pending) {
    const moved = moneyAt({ ...SIDE, flags: sell ? 1 : 0 }, lots, price, market)
    base += sell ? -moved.base : moved.base
    quote += sell ? moved.quote : -moved.quote
  }
  const counted = { base: atLeastZero(base), quote: atLeastZero(quote) }
  const reserved = { base: 0n, quote: 0n }
  for (const { terms, left } of orders) {
    const needs = marginFor(terms, left, market)
    reserved.base += needs.base
    reserved.quote += needs.quote
  }
  const free = { base: atLeastZero(counted.base - reserved.base), quote: atLeastZero(counted.quote - reserved.quote) }
  return { counted, reserved, free }
}

/** The token that an order draws on. */
export function tokenOf(terms: Pick<OrderTerms, 'flags'>): keyof Pair {
  return isSell(terms) ? 'base' : 'quote'
}

const SIDE: OrderTerms = { price: 1, quantity: 1, flags: 0, minFill: 0, expiryBatch: 0 }

const atLeastZero = (amount: bigint) => (amount > 0n ? amount : 0n)
