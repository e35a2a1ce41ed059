import type { Queryable } from './client'
import type { Prisma } from './generated/client'
import { toBigint } from './numbers'
import { originOf, withBlock, type Origin } from './origin'
import { toSettlement, type SettlementRecord } from './settlements'

/** An auction as the index has it. Addresses and hashes in lower case; amounts in base units, times in Unix seconds. */
export type AuctionRecord = ReturnType<typeof toAuction>

/** PROTOCOL.md section 5: what status and time make of an auction. */
export type PhaseFilter = 'open' | 'closed' | 'settled' | 'final' | 'voided'

/** Where a page begins: just after this auction, in the list's order. */
export type AuctionPosition =
  | { sort: 'newest'; blockNumber: bigint; logIndex: number }
  | { sort: 'closing'; closesAt: bigint; id: string }
  | { sort: 'bids'; liveCount: bigint; id: string }

export type AuctionSort = AuctionPosition['sort']

const include = {
  ...withBlock,
  settlements: { orderBy: { round: 'desc' }, take: 1, include: withBlock },
} satisfies Prisma.AuctionInclude

type AuctionRow = Prisma.AuctionGetPayload<{ include: typeof include }>

/** What a query of another family must include for `toAuction`. */
export const auctionInclude = include

export function toAuction(row: AuctionRow) {
  const [settlement] = row.settlements
  return {
    id: row.id,
    seller: row.seller,
    nonce: toBigint(row.nonce),
    paramsHash: row.paramsHash,
    params: {
      rule: row.rule,
      lotKind: row.lotKind,
      lotToken: row.lotToken,
      lotTokenId: toBigint(row.lotTokenId),
      lotSize: toBigint(row.lotSize),
      supply: Number(row.supply),
      paymentToken: row.paymentToken,
      tickSize: toBigint(row.tickSize),
      reserve: Number(row.reserve),
      sealedReserve: row.sealedReserve,
      collateralPolicy: row.collateralPolicy,
      collateral: toBigint(row.collateral),
      maxBids: Number(row.maxBids),
      bidsPerAddress: row.bidsPerAddress,
      allowListRoot: row.allowListRoot,
      keyId: row.keyId,
      closesAt: row.closesAt,
      settleBy: row.settleBy,
      challengeWindow: Number(row.challengeWindow),
      noSettlement: row.noSettlement,
      revealWindow: Number(row.revealWindow),
    },
    status: row.status,
    challengeUntil: row.challengeUntil,
    acc: row.acc,
    leafCount: Number(row.leafCount),
    liveCount: Number(row.liveCount),
    bidderCount: Number(row.bidderCount),
    integrity: row.integrity,
    created: originOf(row) satisfies Origin,
    settlement: settlement ? (toSettlement(settlement) satisfies SettlementRecord) : null,
  }
}

/**
 * One page of auctions.
 *
 * @param filter.now Chain time that phases are judged by.
 * @param filter.bidder Only auctions in which this address has a bid, standing or not.
 * @param filter.after Begin after this one; its `sort` must be the list's.
 * @returns At most `limit` auctions, and where the next page begins (null: this was the last).
 */
export async function listAuctions(
  db: Queryable,
  filter: {
    phase?: PhaseFilter | undefined
    seller?: string | undefined
    bidder?: string | undefined
    rule?: AuctionRecord['params']['rule'] | undefined
    lotKind?: AuctionRecord['params']['lotKind'] | undefined
    paymentToken?: string | undefined
    sort: AuctionSort
    after?: AuctionPosition | undefined
    limit: number
    now: bigint
  },
): Promise<{ auctions: AuctionRecord[]; next: AuctionPosition | null }> {
  const where: Prisma.AuctionWhereInput[] = []
  if (filter.phase) where.push(phaseWhere(filter.phase, filter.now))
  if (filter.seller) where.push({ seller: filter.seller.toLowerCase() })
  if (filter.bidder) where.push({ bids: { some: { bidder: filter.bidder.toLowerCase() } } })
  if (filter.rule) where.push({ rule: filter.rule })
  if (filter.lotKind) where.push({ lotKind: filter.lotKind })
  if (filter.paymentToken) where.push({ paymentToken: filter.paymentToken.toLowerCase() })
  if (filter.after) where.push(afterWhere(filter.after))
  const rows = await db.auction.findMany({
    where: { AND: where },
    orderBy: ORDERS[filter.sort],
    take: filter.limit + 1,
    include,
  })
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    auctions: page.map(toAuction),
    next: last && rows.length > filter.limit ? positionOf(last, filter.sort) : null,
  }
}

/** @returns null where the index has no such auction. */
export async function findAuction(db: Queryable, id: string): Promise<AuctionRecord | null> {
  const row = await db.auction.findUnique({ where: { id: id.toLowerCase() }, include })
  return row && toAuction(row)
}

/** Auctions whose leaves were not compared with the contract since the newest one. */
export async function findUnverifiedAuctions(
  db: Queryable,
  limit: number,
): Promise<{ id: string; acc: string; leafCount: number }[]> {
  const rows = await db.auction.findMany({
    where: { integrity: 'UNVERIFIED' },
    orderBy: { blockNumber: 'asc' },
    take: limit,
    select: { id: true, acc: true, leafCount: true },
  })
  return rows.map((row) => ({ ...row, leafCount: Number(row.leafCount) }))
}

/** Auctions of which the contract holds another accumulator. */
export function findMismatches(db: Queryable): Promise<{ id: string }[]> {
  return db.auction.findMany({ where: { integrity: 'MISMATCH' }, select: { id: true } })
}

/** The block that an indexed auction was created in; null for one that is not indexed. */
export async function findCreationBlock(db: Queryable, id: string): Promise<bigint | null> {
  const row = await db.auction.findUnique({ where: { id }, select: { blockNumber: true } })
  return row && row.blockNumber
}

/** The condition that `phaseOf` of lib/chain puts into words, as a query. */
export function phaseWhere(phase: PhaseFilter, now: bigint): Prisma.AuctionWhereInput {
  switch (phase) {
    case 'open':
      return { status: 'OPEN', closesAt: { gt: now } }
    case 'closed':
      return { status: 'OPEN', closesAt: { lte: now } }
    case 'settled':
      return { status: 'SETTLED', challengeUntil: { gt: now } }
    case 'final':
      return { status: 'SETTLED', challengeUntil: { lte: now } }
    case 'voided':
      return { status: 'VOIDED' }
  }
}

const ORDERS = {
  newest: [{ blockNumber: 'desc' }, { logIndex: 'desc' }],
  closing: [{ closesAt: 'asc' }, { id: 'asc' }],
  bids: [{ liveCount: 'desc' }, { id: 'asc' }],
} satisfies Record<AuctionSort, Prisma.AuctionOrderByWithRelationInput[]>

function positionOf(row: AuctionRow, sort: AuctionSort): AuctionPosition {
  switch (sort) {
    case 'newest':
      return { sort, blockNumber: row.blockNumber, logIndex: row.logIndex }
    case 'closing':
      return { sort, closesAt: row.closesAt, id: row.id }
    case 'bids':
      return { sort, liveCount: row.liveCount, id: row.id }
  }
}

function afterWhere(after: AuctionPosition): Prisma.AuctionWhereInput {
  switch (after.sort) {
    case 'newest': {
      const { blockNumber, logIndex } = after
      return { OR: [{ blockNumber: { lt: blockNumber } }, { blockNumber, logIndex: { lt: logIndex } }] }
    }
    case 'closing': {
      const { closesAt, id } = after
      return { OR: [{ closesAt: { gt: closesAt } }, { closesAt, id: { gt: id } }] }
    }
    case 'bids': {
      const { liveCount, id } = after
      return { OR: [{ liveCount: { lt: liveCount } }, { liveCount, id: { gt: id } }] }
    }
  }
}
