import { z } from 'zod'
import type { FillPosition } from '../../../../lib/db/book/fills'
import type { MarketActivityPosition } from '../../../../lib/db/book/marketActivity'
import type { MarketPosition, MarketSort } from '../../../../lib/db/book/markets'
import type { OrderPosition } from '../../../../lib/db/book/orders'
import { bigint, decode, encode, id, logIndex, notOurs } from './cursorParts'

const marketPosition = z.discriminatedUnion('sort', [
  z.strictObject({ sort: z.literal('newest'), blockNumber: bigint, logIndex }),
  z.strictObject({ sort: z.literal('active'), tradedBatchCount: bigint, id }),
])
const batchPosition = z.strictObject({ list: z.literal('batches'), batchId: bigint })
const fillPosition = z.strictObject({ list: z.literal('trades'), batchId: bigint, leaf: id })
const orderPosition = z.strictObject({ list: z.literal('orders'), batchId: bigint, seq: bigint })
const activityPosition = z.strictObject({
  ...{ list: z.literal('market activity'), blockNumber: bigint, logIndex },
  leaf: z.union([id, z.literal('')]),
})

export function encodeMarketCursor(position: MarketPosition | null): string | null {
  return encode(position)
}

/** @throws ApiError INVALID_REQUEST for a cursor that was not made by this list in this order. */
export function decodeMarketCursor(cursor: string | undefined, sort: MarketSort): MarketPosition | undefined {
  const position = decode(marketPosition, cursor)
  if (position && position.sort !== sort) throw notOurs()
  return position
}

/** @param batchId The batch after which the next page begins. */
export function encodeBatchCursor(batchId: bigint | null): string | null {
  return encode(batchId === null ? null : { list: 'batches', batchId })
}

/** @throws ApiError INVALID_REQUEST for a cursor that was not made by this list. */
export function decodeBatchCursor(cursor: string | undefined): bigint | undefined {
  return decode(batchPosition, cursor)?.batchId
}

export function encodeTradeCursor(position: FillPosition | null): string | null {
  return encode(position && { list: 'trades', ...position })
}

/** @throws ApiError INVALID_REQUEST for a cursor that was not made by this list. */
export function decodeTradeCursor(cursor: string | undefined): FillPosition | undefined {
  return decode(fillPosition, cursor)
}

export function encodeOrderCursor(position: OrderPosition | null): string | null {
  return encode(position && { list: 'orders', ...position })
}

/** @throws ApiError INVALID_REQUEST for a cursor that was not made by this list. */
export function decodeOrderCursor(cursor: string | undefined): OrderPosition | undefined {
  return decode(orderPosition, cursor)
}

export function encodeMarketActivityCursor(position: MarketActivityPosition | null): string | null {
  return encode(position && { list: 'market activity', ...position })
}

/** @throws ApiError INVALID_REQUEST for a cursor that was not made by this list. */
export function decodeMarketActivityCursor(cursor: string | undefined): MarketActivityPosition | undefined {
  return decode(activityPosition, cursor)
}
