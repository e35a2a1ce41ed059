import { allocate } from './allocate'
import type { Band } from './band'
import { hasTerms, isWorse, termsOf } from './conditional'
import { createCrowd } from './crowd'
import { findPrice } from './findPrice'
import { accepts, ORDER_FLAG, type OrderColumns } from './orders'
import { dropSelfTrades } from './selfTrade'

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
  /** Its trader's margin covers nothing of it, or less than its minimum. For this batch. */
  cut: 6,
  /** Better orders of its side take all the places that a batch has. For this batch. */
  crowdedOut: 7,
} as const

/** Orders with terms that a batch considers, the oldest ones. PROTOCOL.md section 11, step 3. */
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

export interface ClearOptions {
  /** Lots of an order that margin covers, asked once for each order that is left, in seq order; all by default. */
  cover?: (at: number) => number
  /** Fills that the batch may have, as the contract bounds them; null, the default, for any number. */
  maxFills?: number | null
}

/**
 * Clears a batch at one price. PROTOCOL.md section 11, steps 2 to 6; step 1 (parsing, cancellations, expiry) comes before
 * and shows in `orders`. A pure function of its input, in integers.
 *
 * @param orders In seq order; left as they are.
 * @param last The last price, ticks per lot; null before any trade.
 * @param band Prices at which the batch may clear; null for any. Without a last price there is none.
 */
export function clear(
  orders: OrderColumns,
  last: number | null,
  band: Band | null,
  { cover, maxFills = null }: ClearOptions = {},
): Clearing {
  const { count, flags } = orders
  const limits = last === null ? null : band
  const drops = new Uint8Array(count)
  const quantity = orders.quantity.slice(0, count)
  const live = { ...orders, quantity }
  const drop = (at: number, reason: number) => {
    drops[at] = reason
    quantity[at] = 0
  }

  dropSelfTrades(live, (at) => drop(at, DROP.selfTrade))
  if (cover) cutByMargin(live, cover, drop)
  const conditional = oldestWithTerms(live, drop)
  const crowd = createCrowd(live, maxFills)
  for (;;) {
    const members = crowd.members()
    const found = findPrice(live, members, last, limits)
    const fills = found ? allocate(live, members, found, limits) : new Uint32Array(count)
    const short = found
      ? worstShort(
          live,
          conditional.filter((at) => crowd.has(at)),
          found.price,
          fills,
        )
      : null
    if (short !== null) {
      drop(short, flags[short]! & ORDER_FLAG.fillOrKill ? DROP.fillOrKill : DROP.minFill)
      crowd.leaveOut(short)
      continue
    }
    for (let at = 0; at < count; at++) if (quantity[at]! > 0 && !crowd.has(at)) drops[at] = DROP.crowdedOut
    const lastPrice = found ? found.price : moveWithoutTrade(live, members, last, limits)
    const volume = found ? Math.min(found.demand, found.supply) : 0
    return { price: found?.price ?? null, volume, lastPrice, fills, drops }
  }
}

type Drop = (at: number, reason: number) => void

/** Step 3: what margin does not cover. */
function cutByMargin(live: OrderColumns, cover: (at: number) => number, drop: Drop): void {
  const { count, flags, quantity, minFill } = live
  for (let at = 0; at < count; at++) {
    const wanted = quantity[at]!
    if (wanted === 0) continue
    const lots = cover(at)
    if (lots < wanted && flags[at]! & ORDER_FLAG.fillOrKill) drop(at, DROP.uncovered)
    else if (lots === 0 || lots < minFill[at]!) drop(at, DROP.cut)
    else quantity[at] = lots
  }
}

/** Step 3: the orders with terms that go on. */
function oldestWithTerms(live: OrderColumns, drop: Drop): number[] {
  const conditional: number[] = []
  for (let at = 0; at < live.count; at++) {
    if (live.quantity[at] === 0 || !hasTerms(live, at)) continue
    if (conditional.length < MAX_CONDITIONAL) conditional.push(at)
    else drop(at, DROP.tooManyConditional)
  }
  return conditional
}

/** Step 6: of those filled below their terms at p or better, the one that is left out next; null where there is none. */
function worstShort(live: OrderColumns, conditional: number[], p: number, fills: Uint32Array): number | null {
  let worst: number | null = null
  for (const at of conditional) {
    if (!accepts(live.flags[at]!, live.price[at]!, p) || fills[at]! >= termsOf(live, at)) continue
    if (worst === null || isWorse(live, at, worst)) worst = at
  }
  return worst
}

/** Where orders would trade only outside the band, the last price moves to the band's edge on that side. Step 4. */
function moveWithoutTrade(
  { flags, price }: OrderColumns,
  members: Uint32Array,
  last: number | null,
  band: Band | null,
): number | null {
  if (!band) return last
  let highestBuy = -1
  let lowestSell = Infinity
  for (const at of members) {
    if (flags[at]! & ORDER_FLAG.sell) lowestSell = Math.min(lowestSell, price[at]!)
    else highestBuy = Math.max(highestBuy, price[at]!)
  }
  if (lowestSell > highestBuy) return last
  if (lowestSell > band.high) return band.high
  return highestBuy < band.low ? band.low : last
}
