import { findAuction } from '../../../../../lib/db/auctions'
import { readOutcome } from '../../../../../lib/db/settlements'
import { toAuctionDetail } from '../../_lib/auctionView'
import { database } from '../../_lib/database'
import { ApiError } from '../../_lib/errors'
import { readIndexState, toIndexState } from '../../_lib/indexState'
import { parseParams, parseQuery } from '../../_lib/parse'
import { respond } from '../../_lib/respond'
import type { AuctionResponse } from '../../_schemas/auction'
import { auctionPathSchema, emptyQuerySchema } from '../../_schemas/query'

/** One auction: terms, phase, counts, settlement and winners. */
export function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, async (): Promise<AuctionResponse> => {
    const { id } = parseParams(auctionPathSchema, await context.params)
    parseQuery(emptyQuerySchema, request)
    const db = database()
    const [state, auction, outcome] = await Promise.all([readIndexState(db), findAuction(db, id), readOutcome(db, id)])
    if (!auction) throw new ApiError('NOT_FOUND', 'No such auction is indexed.', 'id')
    return { auction: toAuctionDetail(auction, outcome, state.headTime), index: toIndexState(state, new Date()) }
  })
}
