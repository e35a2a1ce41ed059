import type { Band } from './band'
import type { ClearingPrice } from './findPrice'
import { accepts, ORDER_FLAG, type OrderColumns } from './orders'
import { shareProRata } from './proRata'

/**
 * Lots for each order at the clearing price, both sides the same sum. PROTOCOL.md section 11, step 5.
 *
 * The shorter side is filled in full. On the longer one, better prices come first, and those that share the last filled
 * price share its lots pro rata. Where the band stopped the price from moving on (buyers at its upper edge, sellers at its
 * lower), everyone beyond the edge counts as at the edge. That is the edge at which the longer side is cut off: at the other
 * one, an order strictly better than the price lies inside the band, and step 4 says that it is filled.
 *
 * @param members Indexes of the orders that take part, lowest price first.
 */
export function allocate(
  orders: OrderColumns,
  members: Uint32Array,
  found: ClearingPrice,
  band: Band | null,
): Uint32Array {
  const { count, flags, price, quantity } = orders
  const { price: p, demand, supply } = found
  const fills = new Uint32Array(count)
  const longSide = demand > supply ? 0 : supply > demand ? ORDER_FLAG.sell : null
  for (const at of members) {
    if ((flags[at]! & ORDER_FLAG.sell) !== longSide && accepts(flags[at]!, price[at]!, p)) fills[at] = quantity[at]!
  }
  if (longSide === null) return fills

  const volume = Math.min(demand, supply)
  const isCutOff = band !== null && p === (longSide === 0 ? band.high : band.low)
  const margin = isCutOff ? p : marginalPrice(orders, members, longSide, volume)
  let left = volume
  let total = 0
  let size = 0
  const sharing = new Uint32Array(members.length)
  for (const at of members) {
    if ((flags[at]! & ORDER_FLAG.sell) !== longSide) continue
    const limit = price[at]!
    const isBeyond = longSide === 0 ? limit > margin : limit < margin
    if (limit === margin || (isBeyond && isCutOff)) {
      sharing[size++] = at
      total += quantity[at]!
    } else if (isBeyond) {
      fills[at] = quantity[at]!
      left -= quantity[at]!
    }
  }
  // Ties go by seq.
  shareProRata(sharing.subarray(0, size).sort(), quantity, left, total, fills)
  return fills
}

/**
 * The worst price of the longer side that gets anything: p itself, but where market orders alone exceed the volume, whose
 * worst prices are no candidates and so do not move p.
 */
function marginalPrice(
  { flags, price, quantity }: OrderColumns,
  members: Uint32Array,
  side: number,
  volume: number,
): number {
  let filled = 0
  for (let step = 0; step < members.length; step++) {
    const at = side === 0 ? members[members.length - 1 - step]! : members[step]!
    if ((flags[at]! & ORDER_FLAG.sell) !== side) continue
    filled += quantity[at]!
    if (filled >= volume) return price[at]!
  }
  throw new RangeError('the longer side is shorter than the volume')
}
