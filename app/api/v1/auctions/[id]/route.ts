import { findAuction } from '../../../../../lib/db/auctions'
import { readOutcome } from '../../../../../lib/db/settlements'
import { toAuctionDetail } from '../../_lib/auctionView'
import { auctionEndpoint } from '../../_lib/endpoints'
import { unknownAuction } from '../../_lib/errors'
import { serve } from '../../_lib/serve'

export { OPTIONS } from '../../_lib/cors'

/** One auction: terms, phase, counts, settlement and winners. */
export const GET = serve(auctionEndpoint, async ({ tx, now, path: { id } }) => {
  const auction = await findAuction(tx, id)
  if (!auction) throw unknownAuction()
  return { auction: toAuctionDetail(auction, await readOutcome(tx, id), now) }
})
