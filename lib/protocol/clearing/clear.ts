import { allocate } from './allocate'
import type { Band } from './band'
import { isWorse, hasTerms, termsOf } from './conditional'
import { findPrice } from './findPrice'
import { accepts, ORDER_FLAG, type OrderColumns } from './orders'
import { dropSelfTrades } from './selfTrade'
import { sortByPrice } from './sortByPrice'

/** Why an order takes no part; 0 for one that does, at whatever fill. */
export const DROP = {
  none: 0,
  /** It crosses an earlier order of its own trader. For good. */
  selfTrade: 1,
  /** More orders with fill-or-kill or a minimum fill than one batch considers. For good. */
  tooManyConditional: 2,
  /** It would not have been filled in full. For good. */
  fillOrKill: 3,
  /** It would have been filled below its minimum. For this batch. */
  minFill: 4,
  /** Fill-or-kill, and its trader's margin does not cover it whole. For good. */
  uncovered: 5,
} as const

/** Orders with terms that a batch considers, the oldest ones. PROTOCOL.md section 11, step 6. */
export const MAX_CONDITIONAL = 256

export interface Clearing {
  /** Ticks per lot; null where nothing trades. */
  price: number | null
  /** Lots bought, and as many sold. */
  volume: number
  /** The last price after this batch: the clearing price, or where it moved without a trade; null before any trade. */
  lastPrice: number | null
  /** Lots of each order. */
  fills: Uint32Array
  /** DROP of each order. */
  drops: Uint8Array
}

/**
 * Clears a batch at one price. PROTOCOL.md section 11, steps 2 to 6; step 1 (parsing, cancellations, expiry) comes before
 * and shows in `orders`. A pure function of its input, in integers.
 *
 * @param orders In seq order; left as they are.
 * @param last The last price, ticks per lot; null before any trade.
 * @param band Prices at which the batch may clear; null for any. Without a last price there is none.
 * @param cover Lots of an order that margin covers, asked once for each order that is left, in seq order; all by default.
 */
export function clear(
  orders: OrderColumns,
  last: number | null,
  band: Band | null,
  cover?: (at: number) => number,
): Clearing {
  const { count, flags, price } = orders
  const limits = last === null ? null : band
  const drops = new Uint8Array(count)
  const quantity = orders.quantity.slice(0, count)
  const live = { ...orders, quantity }
  const drop = (at: number, reason: number) => {
    drops[at] = reason
    quantity[at] = 0
  }

  dropSelfTrades(live, (at) => drop(at, DROP.selfTrade))
  for (let at = 0; cover && at < count; at++) {
    const wanted = quantity[at]!
    if (wanted === 0) continue
    const lots = cover(at)
    if (lots < wanted && flags[at]! & ORDER_FLAG.fillOrKill) drop(at, DROP.uncovered)
    else quantity[at] = lots
  }
  const conditional: number[] = []
  for (let at = 0; at < count; at++) {
    if (quantity[at] === 0 || !hasTerms(live, at)) continue
    if (conditional.length < MAX_CONDITIONAL) conditional.push(at)
    else drop(at, DROP.tooManyConditional)
  }

  const sorted = sortByPrice(price, count)
  for (;;) {
    const found = findPrice(live, sorted, last, limits)
    if (!found) {
      return {
        price: null,
        volume: 0,
        lastPrice: moveWithoutTrade(live, last, limits),
        fills: new Uint32Array(count),
        drops,
      }
    }
    const fills = allocate(live, sorted, found, limits)
    let worst = -1
    for (const at of conditional) {
      if (quantity[at] === 0 || !accepts(flags[at]!, price[at]!, found.price)) continue
      if (fills[at]! < termsOf(live, at) && (worst === -1 || isWorse(live, at, worst))) worst = at
    }
    if (worst === -1) {
      return { price: found.price, volume: Math.min(found.demand, found.supply), lastPrice: found.price, fills, drops }
    }
    drop(worst, flags[worst]! & ORDER_FLAG.fillOrKill ? DROP.fillOrKill : DROP.minFill)
  }
}

/** Where orders would trade only outside the band, the last price moves to the band's edge on that side. Step 4. */
function moveWithoutTrade(
  { count, flags, price, quantity }: OrderColumns,
  last: number | null,
  band: Band | null,
): number | null {
  if (!band) return last
  let highestBuy = -1
  let lowestSell = Infinity
  for (let at = 0; at < count; at++) {
    if (quantity[at] === 0) continue
    if (flags[at]! & ORDER_FLAG.sell) lowestSell = Math.min(lowestSell, price[at]!)
    else highestBuy = Math.max(highestBuy, price[at]!)
  }
  if (lowestSell > highestBuy) return last
  if (lowestSell > band.high) return band.high
  return highestBuy < band.low ? band.low : last
}
