import { findAuction } from '../../../../../../lib/db/auctions'
import { listLeaves } from '../../../../../../lib/db/bids'
import { toLeafView } from '../../../_lib/bidView'
import { decodeSeqCursor, encodeCursor } from '../../../_lib/cursor'
import { database } from '../../../_lib/database'
import { ApiError } from '../../../_lib/errors'
import { readIndexState, toIndexState } from '../../../_lib/indexState'
import { parseParams, parseQuery } from '../../../_lib/parse'
import { respond } from '../../../_lib/respond'
import type { BidListResponse } from '../../../_schemas/bid'
import { auctionPathSchema, bidListQuerySchema } from '../../../_schemas/query'

/** An auction's leaves by seq, sealed blobs included: all that is public about its bids, page by page. */
export function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, async (): Promise<BidListResponse> => {
    const { id } = parseParams(auctionPathSchema, await context.params)
    const { cursor, bidder, limit } = parseQuery(bidListQuerySchema, request)
    const afterSeq = decodeSeqCursor(cursor)
    const db = database()
    const state = await readIndexState(db)
    if (!(await findAuction(db, id))) throw new ApiError('NOT_FOUND', 'No such auction is indexed.', 'id')
    const { leaves, nextSeq } = await listLeaves(db, { auctionId: id, bidder, afterSeq, limit })
    return {
      leaves: leaves.map(toLeafView),
      nextCursor: encodeCursor(nextSeq),
      index: toIndexState(state, new Date()),
    }
  })
}
