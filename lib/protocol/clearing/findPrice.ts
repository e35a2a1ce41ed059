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
  isAllBuy: boolean
  isAllSell: boolean
}

/**
 * The one price of a batch, or null where nothing trades. PROTOCOL.md section 11, step 4.
 *
 * Candidates are the limit prices inside the band and the band's edges; with market orders alone, the last price. A market
 * order's worst price is no candidate.
 *
 * @param sorted Indexes of the orders, lowest price first.
 * @param last Ticks per lot; null before any trade (then there is no band either).
 */
export function findPrice(
  orders: OrderColumns,
  sorted: Uint32Array,
  last: number | null,
  band: Band | null,
): ClearingPrice | null {
  const { flags, price, quantity } = orders
  let demand = 0
  let hasLimit = false
  for (let at = 0; at < orders.count; at++) {
    if (quantity[at] === 0) continue
    if (!(flags[at]! & ORDER_FLAG.sell)) demand += quantity[at]!
    if (!(flags[at]! & ORDER_FLAG.market)) hasLimit = true
  }
  const extra = !hasLimit ? (last === null ? [] : [last]) : band ? [band.low, band.high] : []
  const low = band?.low ?? 0
  const high = band?.high ?? Infinity
  const left: Left = { volume: 0, surplus: 0, lowest: 0, highest: 0, isAllBuy: true, isAllSell: true }

  let supply = 0
  let next = 0
  let nextExtra = 0
  while (next < sorted.length || nextExtra < extra.length) {
    const p = Math.min(next < sorted.length ? price[sorted[next]!]! : Infinity, extra[nextExtra] ?? Infinity)
    let isCandidate = false
    let buysHere = 0
    for (; next < sorted.length && price[sorted[next]!] === p; next++) {
      const at = sorted[next]!
      const lots = quantity[at]!
      if (lots === 0) continue
      if (flags[at]! & ORDER_FLAG.sell) supply += lots
      else buysHere += lots
      if (!(flags[at]! & ORDER_FLAG.market) && p >= low && p <= high) isCandidate = true
    }
    for (; extra[nextExtra] === p; nextExtra++) isCandidate = true
    if (isCandidate) consider(left, p, demand, supply)
    demand -= buysHere
  }
  if (left.volume === 0) return null
  const chosen = choose(left, last)
  return { price: chosen, ...depthAt(orders, chosen) }
}

/** Prices come in rising order. */
function consider(left: Left, price: number, demand: number, supply: number): void {
  const volume = Math.min(demand, supply)
  const surplus = Math.abs(demand - supply)
  if (volume < left.volume || volume === 0) return
  if (volume > left.volume || surplus < left.surplus) {
    Object.assign(left, { volume, surplus, lowest: price, isAllBuy: true, isAllSell: true })
  } else if (surplus > left.surplus) return
  left.highest = price
  left.isAllBuy &&= demand > supply
  left.isAllSell &&= supply > demand
}

function choose({ lowest, highest, isAllBuy, isAllSell }: Left, last: number | null): number {
  if (isAllBuy) return highest
  if (isAllSell) return lowest
  if (last === null) return Math.floor((lowest + highest) / 2)
  return Math.min(Math.max(last, lowest), highest)
}

/** Lots wanted at a price, which may lie between the candidates. */
function depthAt({ count, flags, price, quantity }: OrderColumns, p: number): { demand: number; supply: number } {
  let demand = 0
  let supply = 0
  for (let at = 0; at < count; at++) {
    if (flags[at]! & ORDER_FLAG.sell) {
      if (price[at]! <= p) supply += quantity[at]!
    } else if (price[at]! >= p) demand += quantity[at]!
  }
  return { demand, supply }
}
