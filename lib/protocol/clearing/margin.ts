import { ORDER_FLAG, type OrderColumns } from './orders'

/** A trader's money in a market, in base units of either token. */
export interface Margin {
  base: bigint
  quote: bigint
}

/** What one lot moves, in base units, and the fee in hundredths of a percent. PROTOCOL.md section 11. */
export interface MarketUnits {
  tickSize: bigint
  lotSize: bigint
  feeBps: bigint
}

const BPS = 10_000n

/** ceil(payment * feeBps / 10,000), from each side, in base units of the quote token. */
export function feeOf(payment: bigint, feeBps: bigint): bigint {
  return (payment * feeBps + BPS - 1n) / BPS
}

/**
 * How many lots of each order its trader's margin covers at the limit, with the greatest fee: asked in seq order, each
 * answer reserves what it grants. PROTOCOL.md section 11, step 3.
 *
 * @param margins By trader number; left as they are.
 * @returns Takes an order's index, gives its lots: its quantity, or fewer. An order that is not covered as far as its
 * terms demand, whole or to its minimum, gets none, and reserves none.
 */
export function coverFrom(
  { tickSize, lotSize, feeBps }: MarketUnits,
  orders: OrderColumns,
  margins: readonly Margin[],
): (at: number) => number {
  const left = margins.map(({ base, quote }) => ({ base, quote }))
  return (at) => {
    const free = left[orders.trader[at]!]
    if (!free) return 0
    const isSell = (orders.flags[at]! & ORDER_FLAG.sell) !== 0
    const unit = isSell ? lotSize : BigInt(orders.price[at]!) * tickSize
    // payment + ceil(payment * fee) fits exactly if payment is at most this, since it is a whole number.
    const budget = isSell ? free.base : (free.quote * BPS) / (BPS + feeBps)
    const wanted = BigInt(orders.quantity[at]!)
    const affordable = unit === 0n ? wanted : budget / unit
    if (affordable < wanted && (orders.flags[at]! & ORDER_FLAG.fillOrKill) !== 0) return 0
    const lots = affordable < wanted ? affordable : wanted
    if (lots < BigInt(orders.minFill[at]!)) return 0
    if (isSell) free.base -= lots * unit
    else free.quote -= lots * unit + feeOf(lots * unit, feeBps)
    return Number(lots)
  }
}
