import type { Address } from 'viem'
import { listLocks, readAvailable, readUnclaimedProceeds } from '../../lib/db/accountMoney'
import { listActivity, readAccount } from '../../lib/db/accounts'
import { listAuctions } from '../../lib/db/auctions'
import type { Database } from '../../lib/db/client'
import { readOutcome } from '../../lib/db/settlements'
import { toBalances, toLocks } from '../api/v1/_lib/accountMoneyView'
import { toAccountBook } from '../api/v1/_lib/accountBookView'
import { toAccountBid, toActivityView } from '../api/v1/_lib/accountView'
import { toAuctionDetail } from '../api/v1/_lib/auctionView'
import { decodeActivityCursor, encodeActivityCursor } from '../api/v1/_lib/cursor'
import type { Unit } from '../_format/amount'
import type { Portfolio, PortfolioAuction } from '../portfolio/portfolio'
import { readHead } from './readHead'
import { readLot } from './readLot'
import { readUnit } from './readUnit'

/** Of each list. */
const MOST = 50
const ACTIVITY_PAGE = 20

/** What one address has, had and is waiting for: all of it public. */
export async function readPortfolio(db: Database, address: Address, before: string | undefined): Promise<Portfolio> {
  const { now } = await readHead(db)
  const [account, lockRecords, available, proceeds, sold, book, { activity, next }] = await Promise.all([
    readAccount(db, address, MOST),
    listLocks(db, address),
    readAvailable(db, address),
    readUnclaimedProceeds(db, address, now),
    listAuctions(db, { seller: address, sort: 'newest', limit: MOST, now }),
    toAccountBook(db, address.toLowerCase(), MOST, now),
    listActivity(db, { account: address, after: decodeActivityCursor(before), limit: ACTIVITY_PAGE }),
  ])
  const locks = toLocks(lockRecords, now)
  const balances = toBalances({ available, proceeds, locks })
  const records = new Map(
    [...account.bids, ...account.wins]
      .map(({ auction }) => auction)
      .concat(sold.auctions)
      .map((auction) => [auction.id, auction]),
  )
  const auctions = new Map(
    await Promise.all(
      [...records].map(async ([id, record]): Promise<[string, PortfolioAuction]> => {
        const auction = toAuctionDetail(record, await readOutcome(db, id), now)
        return [id, { auction, lot: await readLot(id, auction.params) }]
      }),
    ),
  )
  const bids = new Map(
    [...account.wins, ...account.bids].map((entry) => [`${entry.auction.id} ${entry.bid.seq}`, entry]),
  )
  return {
    address,
    balances,
    locks,
    bids: [...bids.values()]
      .map((entry) => toAccountBid(entry, now))
      .sort((a, b) => b.bid.origin.time - a.bid.origin.time),
    bidCount: account.bidCount,
    sales: sold.auctions.flatMap(({ id }) => auctions.get(id)?.auction ?? []),
    book,
    activity: activity.map(toActivityView),
    older: encodeActivityCursor(next),
    auctions,
    units: await readUnits([
      ...balances.map(({ token }) => token),
      ...locks.map(({ token }) => token),
      ...book.balances.map(({ token }) => token),
      ...[...auctions.values()].map(({ auction }) => auction.params.paymentToken),
      ...activity.flatMap(({ token }) => (token ? [token as Address] : [])),
    ]),
    madeAt: Number(now),
  }
}

async function readUnits(tokens: readonly Address[]): Promise<Map<string, Unit>> {
  const distinct = [...new Set(tokens.map((token) => token.toLowerCase()))]
  const units = await Promise.all(distinct.map(async (token) => [token, await readUnit(token as Address)] as const))
  return new Map(units.flatMap(([token, unit]) => (unit ? [[token, unit]] : [])))
}
