import { z } from 'zod'
import type { ActivityPosition } from '../../../../lib/db/accounts'
import type { AuctionPosition, AuctionSort } from '../../../../lib/db/auctions'
import type { SettlementPosition } from '../../../../lib/db/settlementList'
import { bigint, decode, encode, id, logIndex, notOurs } from './cursorParts'

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
