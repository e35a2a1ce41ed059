import type { OrderTerms } from '../../protocol/book/judgeOrder'
import { ORDER_FLAG } from '../../protocol/clearing/orders'
import { UINT32_MAX } from '../../protocol/constants'

/** How a market maker quotes. Spread and step in hundredths of a percent of the price, size in lots. */
export type QuoteStyle = { halfSpreadBps: number; stepBps: number; levels: number; lots: number; lives: number }

const BPS = 10_000

/** `price` moved by hundredths of a percent, at least a tick away, within what a price may be. */
export function away(price: number, bps: number): number {
  const moved = Math.round((price * (BPS + bps)) / BPS)
  const ticks = moved === price ? price + Math.sign(bps) : moved
  return Math.min(Math.max(ticks, 1), UINT32_MAX)
}

/**
 * A ladder of buys below a price and of sells above it, the best first. Each rests for `lives` batches after the one it
 * is placed in and then ends by itself, so that a maker who stops leaves nothing behind for long.
 *
 * @param price Ticks per lot.
 * @param batchId The batch that the orders will be in.
 */
export function ladder(price: number, batchId: bigint, style: QuoteStyle): OrderTerms[] {
  const { halfSpreadBps, stepBps, levels, lots, lives } = style
  const orders: OrderTerms[] = []
  for (let level = 0; level < levels; level++) {
    const distance = halfSpreadBps + level * stepBps
    const rest = { quantity: lots * (level + 1), minFill: 0, expiryBatch: Number(batchId) + lives }
    orders.push({ ...rest, flags: ORDER_FLAG.stays, price: away(price, -distance) })
    orders.push({ ...rest, flags: ORDER_FLAG.stays | ORDER_FLAG.sell, price: away(price, distance) })
  }
  return orders
}

/** An order of somebody in a hurry: at the market, for this batch alone, `bps` worse than the price at worst. */
export function hurried(price: number, sell: boolean, lots: number, bps: number): OrderTerms {
  const flags = ORDER_FLAG.market | (sell ? ORDER_FLAG.sell : 0)
  return { flags, price: away(price, sell ? -bps : bps), quantity: lots, minFill: 0, expiryBatch: 0 }
}
