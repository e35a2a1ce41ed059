import { bandAround } from '../protocol/clearing/band'
import { clear, DROP } from '../protocol/clearing/clear'
import { createColumns, ORDER_FLAG, type OrderColumns } from '../protocol/clearing/orders'
import { UINT32_MAX } from '../protocol/constants'
import { clearRequestSchema, type ClearRequest } from './clearSchema'
import { parseLine, replyTo, type LineError } from './lineReply'
import type { Line } from './readLines'

type Id = ClearRequest['orders'][number]['id']

export type ClearAnswer =
  | {
      price: number | null
      volume: number
      fills: { id: Id; quantity: number }[]
      dropped: { id: Id; reason: string }[]
    }
  | LineError

const REASONS: Record<number, string> = {
  [DROP.selfTrade]: 'self-trade',
  [DROP.tooManyConditional]: 'too-many-conditional',
  [DROP.fillOrKill]: 'fill-or-kill',
  [DROP.minFill]: 'min-fill',
  [DROP.crowdedOut]: 'crowded-out',
}

/** The worst price there is: no price is 0. PROTOCOL.md section 2. */
const LOWEST_PRICE = 1

/** The orders in columns. An order without a trader is its own; a market order's worst price is the worst there is. */
function columnsOf(orders: ClearRequest['orders']): OrderColumns {
  const columns = createColumns(orders.length)
  const traders = new Map<Id, number>()
  let nextTrader = 0
  for (const [at, order] of orders.entries()) {
    const isSell = order.side === 'sell'
    columns.flags[at] =
      (isSell ? ORDER_FLAG.sell : 0) |
      (order.fillOrKill ? ORDER_FLAG.fillOrKill : 0) |
      (order.price === null ? ORDER_FLAG.market : 0)
    columns.price[at] = order.price ?? (isSell ? LOWEST_PRICE : UINT32_MAX)
    columns.quantity[at] = order.quantity
    columns.minFill[at] = Math.min(order.minFill ?? 0, order.quantity)
    const known = order.trader === undefined ? undefined : traders.get(order.trader)
    columns.trader[at] = known ?? nextTrader++
    if (known === undefined && order.trader !== undefined) traders.set(order.trader, nextTrader - 1)
  }
  return columns
}

function solve(line: Line): ClearAnswer {
  const { reference, band, maxFills, orders } = parseLine(line, clearRequestSchema)
  const limits = reference === null || band === null ? null : bandAround(reference, band)
  const { price, volume, fills, drops } = clear(columnsOf(orders), reference, limits, { maxFills })
  return {
    price,
    volume,
    fills: orders.flatMap(({ id }, at) => (fills[at] ? [{ id, quantity: fills[at] }] : [])),
    dropped: orders.flatMap(({ id }, at) => (drops[at] ? [{ id, reason: REASONS[drops[at]] ?? 'unknown' }] : [])),
  }
}

/** Answers one input line; whatever it holds, the answer is one document. */
export function answerClearLine(line: Line): ClearAnswer {
  return replyTo(() => solve(line))
}
