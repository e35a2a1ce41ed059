import { listAuctions } from '../../../../lib/db/auctions'
import { toAuctionSummary } from '../_lib/auctionView'
import { decodeAuctionCursor, encodeAuctionCursor } from '../_lib/cursor'
import { auctionListEndpoint } from '../_lib/endpoints'
import { serve } from '../_lib/serve'

export { OPTIONS } from '../_lib/cors'

/** Auctions, filtered and sorted, page by page. */
export const GET = serve(auctionListEndpoint, async ({ tx, now, query: { cursor, ...query } }) => {
  const after = decodeAuctionCursor(cursor, query.sort)
  const { auctions, next } = await listAuctions(tx, { ...query, after, now })
  return {
    auctions: auctions.map((auction) => toAuctionSummary(auction, now)),
    nextCursor: encodeAuctionCursor(next),
  }
})
