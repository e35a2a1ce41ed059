import type { Band } from './band'
import { ORDER_FLAG, type OrderColumns } from './orders'

/** A price at which a batch clears, and what is wanted there, in lots. */
export interface ClearingPrice {
  price: number
  demand: number
  supply: number
}

/** The candidates that are left: those with the most volume, of these the least absolute surplus. */
interface Left {
  volume: number
  surplus: number
  lowest: number
  highest: number
  /** The highest with surplus buy, the lowest with surplus sell; null where there is none. */
  highestBuy: number | null
  lowestSell: number | null
}

/**
 * The one price of a batch, or null where nothing trades. PROTOCOL.md section 11, step 4.
 *
 * Candidates are the limit prices inside the band and the band's edges; with market orders alone, the last price. A market
 * order's worst price is no candidate.
 *
 * @param members Indexes of the orders that take part, lowest price first.
 * @param last Ticks per lot; null before any trade (then there is no band either).
 */
export function findPrice(
  orders: OrderColumns,
  members: Uint32Array,
  last: number | null,
  band: Band | null,
): ClearingPrice | null {
  const { flags, price, quantity } = orders
  let demand = 0
  let hasLimit = false
  for (const at of members) {
    if (!(flags[at]! & ORDER_FLAG.sell)) demand += quantity[at]!
    if (!(flags[at]! & ORDER_FLAG.market)) hasLimit = true
  }
  const extra = !hasLimit ? (last === null ? [] : [last]) : band ? [band.low, band.high] : []
  const low = band?.low ?? 0
  const high = band?.high ?? Infinity
  const left: Left = { volume: 0, surplus: 0, lowest: 0, highest: 0, highestBuy: null, lowestSell: null }

  let supply = 0
  let next = 0
  let nextExtra = 0
  while (next < members.length || nextExtra < extra.length) {
    const p = Math.min(next < members.length ? price[members[next]!]! : Infinity, extra[nextExtra] ?? Infinity)
    let isCandidate = false
    let buysHere = 0
    for (; next < members.length && price[members[next]!] === p; next++) {
      const at = members[next]!
      if (flags[at]! & ORDER_FLAG.sell) supply += quantity[at]!
      else buysHere += quantity[at]!
      if (!(flags[at]! & ORDER_FLAG.market) && p >= low && p <= high) isCandidate = true
    }
    for (; extra[nextExtra] === p; nextExtra++) isCandidate = true
    if (isCandidate) consider(left, p, demand, supply)
    demand -= buysHere
  }
  if (left.volume === 0) return null
  const chosen = choose(left, last)
  return { price: chosen, ...depthAt(orders, members, chosen) }
}

/** Prices come in rising order. */
function consider(left: Left, price: number, demand: number, supply: number): void {
  const volume = Math.min(demand, supply)
  const surplus = Math.abs(demand - supply)
  if (volume < left.volume || volume === 0) return
  if (volume > left.volume || surplus < left.surplus) {
    Object.assign(left, { volume, surplus, lowest: price, highestBuy: null, lowestSell: null })
  } else if (surplus > left.surplus) return
  left.highest = price
  if (demand > supply) left.highestBuy = price
  else if (supply > demand) left.lowestSell ??= price
}

/**
 * Surplus falls as prices rise: buy, then none, then sell. So these bounds never cross, and where every price left has
 * surplus buy (or sell) they meet at the highest (the lowest). Between them nobody's better limit is passed over.
 */
function choose({ lowest, highest, highestBuy, lowestSell }: Left, last: number | null): number {
  const wished = last ?? Math.floor((lowest + highest) / 2)
  return Math.max(highestBuy ?? lowest, Math.min(lowestSell ?? highest, wished))
}

/** Lots wanted at a price, which may lie between the candidates. */
function depthAt(
  { flags, price, quantity }: OrderColumns,
  members: Uint32Array,
  p: number,
): { demand: number; supply: number } {
  let demand = 0
  let supply = 0
  for (const at of members) {
    if (flags[at]! & ORDER_FLAG.sell) {
      if (price[at]! <= p) supply += quantity[at]!
    } else if (price[at]! >= p) demand += quantity[at]!
  }
  return { demand, supply }
}
