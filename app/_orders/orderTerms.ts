import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import { ORDER_FLAG } from '../../lib/protocol/clearing/orders'
import { feeOf } from '../../lib/protocol/clearing/margin'
import { paymentOf, type Quotation } from '../_format/quotation'

/** What a market's money depends on. `feeBps` in hundredths of a percent, paid by each side in quote; `minLots` the least order. */
export type MarketMoney = Quotation & { feeBps: number; minLots: number }

/** Money in base units. `quote`: the most a buyer pays, or the least a seller gets, fee included. */
export type OrderMoney = { payment: bigint; fee: bigint; quote: bigint; base: bigint }

export function isSell({ flags }: Pick<OrderTerms, 'flags'>): boolean {
  return (flags & ORDER_FLAG.sell) !== 0
}

export function isMarketOrder({ flags }: Pick<OrderTerms, 'flags'>): boolean {
  return (flags & ORDER_FLAG.market) !== 0
}

export function isFillOrKill({ flags }: Pick<OrderTerms, 'flags'>): boolean {
  return (flags & ORDER_FLAG.fillOrKill) !== 0
}

/** Whether what is left of it takes part in the next batches too. */
export function stays({ flags }: Pick<OrderTerms, 'flags'>): boolean {
  return (flags & ORDER_FLAG.stays) !== 0
}

/** What `lots` of an order move at a price of so many ticks, all of them in one batch. PROTOCOL.md section 11. */
export function moneyAt(terms: OrderTerms, lots: number, ticks: number, market: MarketMoney): OrderMoney {
  const payment = paymentOf(lots, ticks, market)
  const fee = feeOf(payment, BigInt(market.feeBps))
  return { payment, fee, quote: isSell(terms) ? payment - fee : payment + fee, base: BigInt(lots) * market.lotSize }
}

/** What `lots` of an order reserve of its trader's margin: a buy, quote with the greatest fee; a sell, base. */
export function marginFor(terms: OrderTerms, lots: number, market: MarketMoney): { base: bigint; quote: bigint } {
  if (isSell(terms)) return { base: BigInt(lots) * market.lotSize, quote: 0n }
  return { base: 0n, quote: moneyAt(terms, lots, terms.price, market).quote }
}

/** How many of an order's lots this much free margin covers. PROTOCOL.md section 11, step 3. */
export function coveredLots(
  terms: OrderTerms,
  lots: number,
  free: { base: bigint; quote: bigint },
  market: MarketMoney,
): number {
  const unit = isSell(terms) ? market.lotSize : BigInt(terms.price) * market.tickSize
  // payment + ceil(payment * fee) fits exactly if payment is at most this, since it is a whole number.
  const budget = isSell(terms) ? free.base : (free.quote * 10_000n) / (10_000n + BigInt(market.feeBps))
  const affordable = budget > 0n ? budget / unit : 0n
  return affordable < BigInt(lots) ? Number(affordable) : lots
}
