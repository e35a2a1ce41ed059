import type { Queryable } from './client'
import type { Prisma } from './generated/client'
import { toBigint } from './numbers'
import { originOf, withBlock, type Origin } from './origin'
import { findStandingWinners } from './standingWinners'

export type BidRecord = {
  kind: 'bid'
  auctionId: string
  seq: number
  slot: number
  bidder: string
  /** Base units of the payment token. */
  collateral: bigint
  points: number
  creditBps: number
  x: bigint
  y: bigint
  sealed: Uint8Array
  sealedHash: string
  leaf: string
  state: 'LIVE' | 'CANCELLED' | 'REPLACED'
  cancelledBySeq: number | null
  replacedBySeq: number | null
  won: { fill: number; payment: bigint } | null
  claim: { refund: bigint; payment: bigint; origin: Origin } | null
  origin: Origin
}

export type CancellationRecord = {
  kind: 'cancellation'
  auctionId: string
  seq: number
  slot: number
  bidder: string
  cancelledSeq: number
  leaf: string
  origin: Origin
}

export type LeafRecord = BidRecord | CancellationRecord

const include = { ...withBlock, bid: true } satisfies Prisma.LeafInclude

type LeafRow = Prisma.LeafGetPayload<{ include: typeof include }>

/**
 * One page of an auction's leaves, by seq.
 *
 * @param filter.afterSeq Begin after this one.
 * @param filter.bidder Only this address's.
 * @returns At most `limit` leaves, and the seq after which the next page begins (null: this was the last).
 */
export async function listLeaves(
  db: Queryable,
  filter: { auctionId: string; bidder?: string | undefined; afterSeq?: number | undefined; limit: number },
): Promise<{ leaves: LeafRecord[]; nextSeq: number | null }> {
  const where: Prisma.LeafWhereInput = { auctionId: filter.auctionId.toLowerCase() }
  if (filter.bidder) where.bidder = filter.bidder.toLowerCase()
  if (filter.afterSeq !== undefined) where.seq = { gt: filter.afterSeq }
  const rows = await db.leaf.findMany({ where, orderBy: { seq: 'asc' }, take: filter.limit + 1, include })
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    leaves: await toLeaves(db, page),
    nextSeq: last && rows.length > filter.limit ? Number(last.seq) : null,
  }
}

/**
 * An account's bids over all auctions, newest first.
 *
 * @param filter.won Only those that a settlement filled.
 */
export async function listAccountBids(
  db: Queryable,
  filter: { bidder: string; won: boolean; limit: number },
): Promise<BidRecord[]> {
  const bidder = filter.bidder.toLowerCase()
  const where: Prisma.LeafWhereInput = { bidder, bid: { isNot: null } }
  if (filter.won) {
    const winners = await findStandingWinners(db, { bidder })
    // An empty OR is left out by Prisma, and would find everything.
    if (winners.length === 0) return []
    where.OR = winners.map(({ auctionId, seq }) => ({ auctionId, seq }))
  }
  const rows = await db.leaf.findMany({
    where,
    orderBy: [{ block: { number: 'desc' } }, { logIndex: 'desc' }],
    take: filter.limit,
    include,
  })
  const leaves = await toLeaves(db, rows)
  return leaves.filter((leaf) => leaf.kind === 'bid')
}

/** How many bids an account has placed, and how many of them won. */
export async function countAccountBids(db: Queryable, bidder: string): Promise<{ bids: number; wins: number }> {
  const where = { bidder: bidder.toLowerCase() }
  return { bids: await db.bid.count({ where }), wins: (await findStandingWinners(db, where)).length }
}

async function toLeaves(db: Queryable, rows: LeafRow[]): Promise<LeafRecord[]> {
  const keys = rows.map(({ auctionId, seq }) => ({ auctionId, seq }))
  if (keys.length === 0) return []
  const winners = await findStandingWinners(db, { OR: keys })
  const claims = await db.claim.findMany({ where: { kind: 'BID', OR: keys }, include: withBlock })
  const winnerOf = new Map(winners.map((winner) => [keyOf(winner), winner]))
  const claimOf = new Map(claims.map((claim) => [keyOf(claim), claim]))
  return rows.map((row): LeafRecord => {
    const common = {
      auctionId: row.auctionId,
      seq: Number(row.seq),
      slot: row.slot,
      bidder: row.bidder,
      leaf: row.leaf,
      origin: originOf(row),
    }
    const { bid, cancelledSeq } = row
    if (!bid) return { kind: 'cancellation', ...common, cancelledSeq: Number(cancelledSeq) }
    const winner = winnerOf.get(keyOf(row))
    const claim = claimOf.get(keyOf(row))
    return {
      kind: 'bid',
      ...common,
      collateral: toBigint(bid.collateral),
      ...{ points: bid.points, creditBps: bid.creditBps },
      x: toBigint(bid.x),
      y: toBigint(bid.y),
      sealed: bid.sealed,
      sealedHash: bid.sealedHash,
      state: bid.state,
      cancelledBySeq: bid.cancelledBySeq === null ? null : Number(bid.cancelledBySeq),
      replacedBySeq: bid.replacedBySeq === null ? null : Number(bid.replacedBySeq),
      won: winner ? { fill: Number(winner.fill), payment: toBigint(winner.payment) } : null,
      claim:
        claim?.amount && claim.payment
          ? { refund: toBigint(claim.amount), payment: toBigint(claim.payment), origin: originOf(claim) }
          : null,
    }
  })
}

function keyOf(row: { auctionId: string; seq: bigint | null }): string {
  return `${row.auctionId}:${row.seq}`
}
