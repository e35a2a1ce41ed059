import { z } from 'zod'
import type { ActivityPosition } from '../../../../lib/db/accounts'
import type { AuctionPosition, AuctionSort } from '../../../../lib/db/auctions'
import type { SettlementPosition } from '../../../../lib/db/settlementList'
import type { ApiError } from './errors'
import { invalid } from './parse'

// Within what PostgreSQL's BIGINT and INTEGER hold, so that a made-up cursor is a bad request and not a failed query.
const bigint = z
  .string()
  .regex(/^[0-9]{1,18}$/)
  .transform(BigInt)
const logIndex = z.int().min(0).max(0x7fff_ffff)
const id = z.string().regex(/^0x[0-9a-f]{64}$/)

const auctionPosition = z.discriminatedUnion('sort', [
  z.strictObject({ sort: z.literal('newest'), blockNumber: bigint, logIndex }),
  z.strictObject({ sort: z.literal(['closing', 'closed']), closesAt: bigint, id }),
  z.strictObject({ sort: z.literal('bids'), liveCount: bigint, id }),
])
const activityPosition = z.strictObject({ list: z.literal('activity'), blockNumber: bigint, logIndex })
const settlementPosition = z.strictObject({ list: z.literal('settlements'), blockNumber: bigint, logIndex })
const seq = z.strictObject({ seq: z.int().min(0).max(0xffff_ffff) })

/** The place where the next page begins, as something only this API reads; null stays null. */
export function encodeAuctionCursor(position: AuctionPosition | null): string | null {
  return encode(position)
}

export function encodeActivityCursor(position: ActivityPosition | null): string | null {
  return encode(position && { list: 'activity', ...position })
}

export function encodeSettlementCursor(position: SettlementPosition | null): string | null {
  return encode(position && { list: 'settlements', ...position })
}

/** @param after The seq after which the next page begins. */
export function encodeSeqCursor(after: number | null): string | null {
  return encode(after === null ? null : { seq: after })
}

/** @throws ApiError INVALID_REQUEST for a cursor that was not made by this list in this order. */
export function decodeAuctionCursor(cursor: string | undefined, sort: AuctionSort): AuctionPosition | undefined {
  const position = decode(auctionPosition, cursor)
  if (position && position.sort !== sort) throw notOurs()
  return position
}

/** @throws ApiError INVALID_REQUEST for a cursor that was not made by this list. */
export function decodeActivityCursor(cursor: string | undefined): ActivityPosition | undefined {
  return decode(activityPosition, cursor)
}

/** @throws ApiError INVALID_REQUEST for a cursor that was not made by this list. */
export function decodeSettlementCursor(cursor: string | undefined): SettlementPosition | undefined {
  return decode(settlementPosition, cursor)
}

/** @throws ApiError INVALID_REQUEST for a cursor that was not made by this list. */
export function decodeSeqCursor(cursor: string | undefined): number | undefined {
  return decode(seq, cursor)?.seq
}

function encode(position: object | null): string | null {
  if (position === null) return null
  const text = JSON.stringify(position, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
  return Buffer.from(text).toString('base64url')
}

function decode<Schema extends z.ZodType>(schema: Schema, cursor: string | undefined): z.output<Schema> | undefined {
  if (cursor === undefined) return undefined
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw notOurs()
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw notOurs()
  return parsed.data
}

function notOurs(): ApiError {
  return invalid([{ field: 'cursor', rule: 'not one that this list gave out' }])
}
