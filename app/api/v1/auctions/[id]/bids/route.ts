import { findAuction } from '../../../../../../lib/db/auctions'
import { listLeaves } from '../../../../../../lib/db/bids'
import { toLeafView } from '../../../_lib/bidView'
import { decodeSeqCursor, encodeSeqCursor } from '../../../_lib/cursor'
import { bidListEndpoint } from '../../../_lib/endpoints'
import { unknownAuction } from '../../../_lib/errors'
import { serve } from '../../../_lib/serve'

export { OPTIONS } from '../../../_lib/cors'

/** An auction's leaves by seq, sealed blobs included: all that is public about its bids, page by page. */
export const GET = serve(bidListEndpoint, async ({ tx, path: { id }, query: { cursor, bidder, limit } }) => {
  const afterSeq = decodeSeqCursor(cursor)
  if (!(await findAuction(tx, id))) throw unknownAuction()
  const { leaves, nextSeq } = await listLeaves(tx, { auctionId: id, bidder, afterSeq, limit })
  return { leaves: leaves.map(toLeafView), nextCursor: encodeSeqCursor(nextSeq) }
})
