import type { Queryable } from './client'
import type { Prisma } from './generated/client'
import { toBigint } from './numbers'
import { originOf, withBlock, type Origin } from './origin'
import { settlementInclude, toSettlement, type SettlementRecord } from './settlements'

/** An auction as the index has it. Addresses and hashes in lower case; amounts in base units, times in Unix seconds. */
export type AuctionRecord = ReturnType<typeof toAuction>

/** PROTOCOL.md section 5: what status and time make of an auction. */
export type PhaseFilter = 'open' | 'closed' | 'settled' | 'final' | 'voided'

/** Where a page begins: just after this auction, in the list's order. */
export type AuctionPosition =
  | { sort: 'newest'; blockNumber: bigint; logIndex: number }
  | { sort: 'closing' | 'closed'; closesAt: bigint; id: string }
  | { sort: 'bids'; liveCount: bigint; id: string }

export type AuctionSort = AuctionPosition['sort']

const include = {
  ...withBlock,
  settlements: { orderBy: { round: 'desc' }, take: 1, include: settlementInclude },
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

/** What a list of auctions may be narrowed by. Addresses in any case; times in Unix seconds. */
export type AuctionFilter = {
  phase?: PhaseFilter | undefined
  seller?: string | undefined
  /** Only auctions in which this address has a bid, standing or not. */
  bidder?: string | undefined
  rule?: AuctionRecord['params']['rule'] | undefined
  lotKind?: AuctionRecord['params']['lotKind'] | undefined
  paymentToken?: string | undefined
  /** Inclusive. */
  closesAfter?: number | undefined
  /** Exclusive. */
  closesBefore?: number | undefined
  /** Words to look for, as `searchWhere` understands them. */
  q?: string | undefined
}

/**
 * One page of auctions.
 *
 * @param filter.now Chain time that phases are judged by.
 * @param filter.after Begin after this one; its `sort` must be the list's.
 * @returns At most `limit` auctions, and where the next page begins (null: this was the last).
 */
export async function listAuctions(
  db: Queryable,
  filter: AuctionFilter & { sort: AuctionSort; after?: AuctionPosition | undefined; limit: number; now: bigint },
): Promise<{ auctions: AuctionRecord[]; next: AuctionPosition | null }> {
  const where = filterWhere(filter, filter.now)
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

/** How many auctions a filter leaves. @param now Chain time that phases are judged by. */
export function countAuctions(db: Queryable, filter: AuctionFilter, now: bigint): Promise<number> {
  return db.auction.count({ where: { AND: filterWhere(filter, now) } })
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

function filterWhere(filter: AuctionFilter, now: bigint): Prisma.AuctionWhereInput[] {
  const where: Prisma.AuctionWhereInput[] = []
  if (filter.phase) where.push(phaseWhere(filter.phase, now))
  if (filter.seller) where.push({ seller: filter.seller.toLowerCase() })
  if (filter.bidder) where.push({ bids: { some: { bidder: filter.bidder.toLowerCase() } } })
  if (filter.rule) where.push({ rule: filter.rule })
  if (filter.lotKind) where.push({ lotKind: filter.lotKind })
  if (filter.paymentToken) where.push({ paymentToken: filter.paymentToken.toLowerCase() })
  if (filter.closesAfter !== undefined) where.push({ closesAt: { gte: BigInt(filter.closesAfter) } })
  if (filter.closesBefore !== undefined) where.push({ closesAt: { lt: BigInt(filter.closesBefore) } })
  if (filter.q !== undefined) where.push(searchWhere(filter.q))
  return where
}

/**
 * What the index knows an auction by: the beginning of its id, seller or lot contract (0x and hex digits), any part of
 * one of them (four or more hex digits), or the number of its token. Names are with the tokens' contracts, not here.
 */
export function searchWhere(q: string): Prisma.AuctionWhereInput {
  const text = q.trim().toLowerCase()
  const places: Prisma.AuctionWhereInput[] = []
  if (/^0x[0-9a-f]*$/.test(text)) {
    const from = { startsWith: text }
    places.push({ id: from }, { seller: from }, { lotToken: from })
  } else if (/^[0-9a-f]{4,}$/.test(text)) {
    const part = { contains: text }
    places.push({ id: part }, { seller: part }, { lotToken: part })
  }
  if (/^#?[0-9]{1,78}$/.test(text)) places.push({ lotTokenId: text.replace('#', '') })
  // An empty OR is left out by Prisma, and would find everything.
  return places.length > 0 ? { OR: places } : { id: { in: [] } }
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
  closed: [{ closesAt: 'desc' }, { id: 'asc' }],
  bids: [{ liveCount: 'desc' }, { id: 'asc' }],
} satisfies Record<AuctionSort, Prisma.AuctionOrderByWithRelationInput[]>

function positionOf(row: AuctionRow, sort: AuctionSort): AuctionPosition {
  switch (sort) {
    case 'newest':
      return { sort, blockNumber: row.blockNumber, logIndex: row.logIndex }
    case 'closing':
    case 'closed':
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
    case 'closed': {
      const { closesAt, id } = after
      return { OR: [{ closesAt: { lt: closesAt } }, { closesAt, id: { gt: id } }] }
    }
    case 'bids': {
      const { liveCount, id } = after
      return { OR: [{ liveCount: { lt: liveCount } }, { liveCount, id: { gt: id } }] }
    }
  }
}
