import { auctionInclude, toAuction, type AuctionRecord } from './auctions'
import { countAccountBids, listAccountBids, type BidRecord } from './bids'
import type { Queryable } from './client'
import type { EventKind, Prisma, Room } from './generated/client'
import { toBigint } from './numbers'
import { originOf, withBlock, type Origin } from './origin'

/** One contract event. `amount` in base units of `token`; `base` and `quote` of a market's tokens. */
export type ActivityRecord = {
  kind: EventKind
  room: Room
  auctionId: string | null
  marketId: string | null
  batchId: number | null
  account: string | null
  seq: number | null
  token: string | null
  amount: bigint | null
  base: bigint | null
  quote: bigint | null
  origin: Origin
}

export type AccountBidRecord = { bid: BidRecord; auction: AuctionRecord }

export type AccountRecord = {
  bidCount: number
  winCount: number
  bids: AccountBidRecord[]
  wins: AccountBidRecord[]
}

/** Where a page of activity begins: just after (older than) this event. */
export type ActivityPosition = { blockNumber: bigint; logIndex: number }

/**
 * An account's newest bids and wins, with their auctions. An account nobody has heard of has none of either.
 *
 * @param limit Of each list.
 */
export async function readAccount(db: Queryable, address: string, limit: number): Promise<AccountRecord> {
  const [counts, bids, wins] = await Promise.all([
    countAccountBids(db, address),
    listAccountBids(db, { bidder: address, won: false, limit }),
    listAccountBids(db, { bidder: address, won: true, limit }),
  ])
  const ids = [...new Set([...bids, ...wins].map((bid) => bid.auctionId))]
  const auctions = await db.auction.findMany({ where: { id: { in: ids } }, include: auctionInclude })
  const auctionOf = new Map(auctions.map((row) => [row.id, toAuction(row)]))
  const withAuction = (list: BidRecord[]) =>
    list.flatMap((bid) => {
      // Absent only where a rollback ran between the two queries.
      const auction = auctionOf.get(bid.auctionId)
      return auction ? [{ bid, auction }] : []
    })
  return { bidCount: counts.bids, winCount: counts.wins, bids: withAuction(bids), wins: withAuction(wins) }
}

/** One page of an account's events, newest first. */
export async function listActivity(
  db: Queryable,
  filter: { account: string; after?: ActivityPosition | undefined; limit: number },
): Promise<{ activity: ActivityRecord[]; next: ActivityPosition | null }> {
  const where: Prisma.EventWhereInput = { account: filter.account.toLowerCase() }
  if (filter.after) {
    const { blockNumber, logIndex } = filter.after
    where.OR = [{ blockNumber: { lt: blockNumber } }, { blockNumber, logIndex: { lt: logIndex } }]
  }
  const rows = await db.event.findMany({
    where,
    orderBy: [{ blockNumber: 'desc' }, { logIndex: 'desc' }],
    take: filter.limit + 1,
    include: withBlock,
  })
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    activity: page.map((row) => ({
      kind: row.kind,
      room: row.room,
      auctionId: row.auctionId,
      marketId: row.marketId,
      batchId: row.batchId === null ? null : Number(row.batchId),
      account: row.account,
      seq: row.seq === null ? null : Number(row.seq),
      token: row.token,
      amount: row.amount && toBigint(row.amount),
      base: row.base && toBigint(row.base),
      quote: row.quote && toBigint(row.quote),
      origin: originOf(row),
    })),
    next: last && rows.length > filter.limit ? { blockNumber: last.blockNumber, logIndex: last.logIndex } : null,
  }
}
