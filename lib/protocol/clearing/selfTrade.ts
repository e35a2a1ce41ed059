import { UINT32_MAX } from '../constants'
import { ORDER_FLAG, type OrderColumns } from './orders'

/**
 * Marks, in seq order, every order that crosses an earlier surviving one of the same trader. PROTOCOL.md section 11, step 2.
 *
 * Only the best surviving price of each side matters: an order crosses one of them exactly if it crosses the best.
 *
 * @param drop Called with the order's index.
 */
export function dropSelfTrades(
  { count, flags, price, quantity, trader }: OrderColumns,
  drop: (at: number) => void,
): void {
  let traders = 0
  for (let at = 0; at < count; at++) traders = Math.max(traders, trader[at]! + 1)
  const highestBuy = new Float64Array(traders).fill(-1)
  const lowestSell = new Float64Array(traders).fill(UINT32_MAX + 1)
  for (let at = 0; at < count; at++) {
    if (quantity[at] === 0) continue
    const who = trader[at]!
    const limit = price[at]!
    if (flags[at]! & ORDER_FLAG.sell) {
      if (limit <= highestBuy[who]!) drop(at)
      else if (limit < lowestSell[who]!) lowestSell[who] = limit
    } else if (limit >= lowestSell[who]!) drop(at)
    else if (limit > highestBuy[who]!) highestBuy[who] = limit
  }
}
