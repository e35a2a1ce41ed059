import { listAuctions } from '../../../../lib/db/auctions'
import { toAuctionSummary } from '../_lib/auctionView'
import { decodeAuctionCursor, encodeCursor } from '../_lib/cursor'
import { database } from '../_lib/database'
import { readIndexState, toIndexState } from '../_lib/indexState'
import { parseQuery } from '../_lib/parse'
import { respond } from '../_lib/respond'
import type { AuctionListResponse } from '../_schemas/auction'
import { auctionListQuerySchema } from '../_schemas/query'

/** Auctions by phase, seller or bidder, page by page. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async (): Promise<AuctionListResponse> => {
    const { cursor, ...query } = parseQuery(auctionListQuerySchema, request)
    const after = decodeAuctionCursor(cursor, query.sort)
    const state = await readIndexState(database())
    const { auctions, next } = await listAuctions(database(), { ...query, after, now: state.headTime })
    return {
      auctions: auctions.map((auction) => toAuctionSummary(auction, state.headTime)),
      nextCursor: encodeCursor(next),
      index: toIndexState(state, new Date()),
    }
  })
}
