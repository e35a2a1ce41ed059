import { listActivity, readAccount } from '../../../../../lib/db/accounts'
import { listClaims, listLocks, readAvailable, readUnclaimedProceeds } from '../../../../../lib/db/accountMoney'
import { countAuctions, listAuctions } from '../../../../../lib/db/auctions'
import { toAccountBook } from '../../_lib/accountBookView'
import { toBalances, toClaimView, toLocks } from '../../_lib/accountMoneyView'
import { toAccountBid, toActivityView } from '../../_lib/accountView'
import { toAuctionSummary } from '../../_lib/auctionView'
import { decodeActivityCursor, encodeActivityCursor } from '../../_lib/cursor'
import { accountEndpoint } from '../../_lib/endpoints'
import { toAddress } from '../../_lib/hex'
import { serve } from '../../_lib/serve'

export { OPTIONS } from '../../_lib/cors'

/** An account's money, bids, wins, sales and activity. An account without any is an empty answer, not an error. */
export const GET = serve(accountEndpoint, async ({ tx, now, path: { address }, query: { cursor, limit } }) => {
  const after = decodeActivityCursor(cursor)
  const account = await readAccount(tx, address, limit)
  const locks = toLocks(await listLocks(tx, address), now)
  const available = await readAvailable(tx, address)
  const proceeds = await readUnclaimedProceeds(tx, address, now)
  const sales = await listAuctions(tx, { seller: address, sort: 'newest', limit, now })
  const { claims, count } = await listClaims(tx, address, limit)
  const { activity, next } = await listActivity(tx, { account: address, after, limit })
  return {
    address: toAddress(address),
    bidCount: account.bidCount,
    winCount: account.winCount,
    saleCount: await countAuctions(tx, { seller: address }, now),
    lockCount: locks.length,
    claimCount: count,
    balances: toBalances({ available, proceeds, locks }),
    locks: locks.slice(0, limit),
    bids: account.bids.map((entry) => toAccountBid(entry, now)),
    wins: account.wins.map((entry) => toAccountBid(entry, now)),
    sales: sales.auctions.map((auction) => toAuctionSummary(auction, now)),
    claims: claims.map(toClaimView),
    book: await toAccountBook(tx, address, limit, now),
    activity: activity.map(toActivityView),
    nextCursor: encodeActivityCursor(next),
  }
})
