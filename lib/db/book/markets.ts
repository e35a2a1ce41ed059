import { batchAt } from '../../chain/book/clock'
import type { Queryable } from '../client'
import type { Prisma } from '../generated/client'
import { toBigint } from '../numbers'
import { originOf, withBlock, type Origin } from '../origin'

/** A market as the index has it. Addresses and hashes in lower case; base units, ticks, Unix seconds. */
export type MarketRecord = ReturnType<typeof toMarket>

/** Lots counted once; `paid` in base units of quote, without fees. */
export type TradedRecord = { lots: bigint; paid: bigint; batches: number }

/** Where a page begins: just after this market, in the list's order. */
export type MarketPosition =
  { sort: 'newest'; blockNumber: bigint; logIndex: number } | { sort: 'active'; tradedBatchCount: bigint; id: string }

export type MarketSort = MarketPosition['sort']

export type MarketFilter = {
  base?: string | undefined
  quote?: string | undefined
  creator?: string | undefined
  /** Only markets in which this address has orders or margin, or had. */
  trader?: string | undefined
}

type MarketRow = Prisma.MarketGetPayload<{ include: typeof withBlock }>

export function toMarket(row: MarketRow) {
  return {
    id: row.id,
    creator: row.creator,
    nonce: toBigint(row.nonce),
    base: { address: row.base, symbol: row.baseSymbol, decimals: row.baseDecimals },
    quote: { address: row.quote, symbol: row.quoteSymbol, decimals: row.quoteDecimals },
    tickSize: toBigint(row.tickSize),
    lotSize: toBigint(row.lotSize),
    batchLength: row.batchLength,
    feeBps: row.feeBps,
    bandBps: row.bandBps,
    batchSettleBy: row.batchSettleBy,
    challengeWindow: row.challengeWindow,
    operator: row.operator,
    minLots: Number(row.minLots),
    maxOrderAge: Number(row.maxOrderAge),
    startsAt: row.startsAt,
    lastPrice: Number(row.lastPrice),
    hasTraded: row.tradedBatchCount > 0n,
    strikes: Number(row.strikeCount),
    counts: {
      batches: Number(row.batchCount),
      orders: Number(row.orderCount),
      cancellations: Number(row.cancellationCount),
      fills: Number(row.fillCount),
      traders: Number(row.traderCount),
    },
    traded: { lots: toBigint(row.lots), paid: toBigint(row.paid), batches: Number(row.tradedBatchCount) },
    fees: toBigint(row.fees),
    created: originOf(row) satisfies Origin,
  }
}

/**
 * One page of markets.
 *
 * @param filter.after Begin after this one; its `sort` must be the list's.
 * @returns At most `limit`, and where the next page begins (null: this was the last).
 */
export async function listMarkets(
  db: Queryable,
  filter: MarketFilter & { sort: MarketSort; after?: MarketPosition | undefined; limit: number },
): Promise<{ markets: MarketRecord[]; next: MarketPosition | null }> {
  const where: Prisma.MarketWhereInput[] = []
  if (filter.base) where.push({ base: filter.base.toLowerCase() })
  if (filter.quote) where.push({ quote: filter.quote.toLowerCase() })
  if (filter.creator) where.push({ creator: filter.creator.toLowerCase() })
  if (filter.trader) where.push({ traders: { some: { trader: filter.trader.toLowerCase() } } })
  if (filter.after) where.push(afterWhere(filter.after))
  const rows = await db.market.findMany({
    where: { AND: where },
    orderBy: ORDERS[filter.sort],
    take: filter.limit + 1,
    include: withBlock,
  })
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    markets: page.map(toMarket),
    next: last && rows.length > filter.limit ? positionOf(last, filter.sort) : null,
  }
}

/** @returns null where the index has no such market. */
export async function findMarket(db: Queryable, id: string): Promise<MarketRecord | null> {
  const row = await db.market.findUnique({ where: { id: id.toLowerCase() }, include: withBlock })
  return row && toMarket(row)
}

/** What was traded in batches that ended after `since`, by market. @param since Unix seconds. */
export async function readTraded(db: Queryable, ids: string[], since: bigint): Promise<Map<string, TradedRecord>> {
  const rows = await db.$queryRaw<{ id: string; lots: string; paid: string; batches: bigint }[]>`
    SELECT market_id AS id, sum(lots)::text AS lots, sum(paid)::text AS paid, count(*) AS batches FROM batches
    WHERE market_id = ANY(${ids}::text[]) AND ends_at > ${since} AND fill_count > 0 GROUP BY market_id`
  return new Map(
    rows.map(({ id, lots, paid, batches }) => [
      id,
      { lots: BigInt(lots), paid: BigInt(paid), batches: Number(batches) },
    ]),
  )
}

/** The worst that is known of the markets' batches; those left out have none that is not verified. */
export async function readMarketIntegrity(
  db: Queryable,
  ids: string[],
): Promise<Map<string, 'UNVERIFIED' | 'MISMATCH'>> {
  const rows = await db.batch.groupBy({
    by: ['marketId', 'integrity'],
    where: { marketId: { in: ids }, integrity: { in: ['UNVERIFIED', 'MISMATCH'] } },
    // MISMATCH comes last in the enum, and so wins.
    orderBy: { integrity: 'asc' },
  })
  return new Map(rows.map(({ marketId, integrity }) => [marketId, integrity === 'MISMATCH' ? integrity : 'UNVERIFIED']))
}

/** What waits in a market. `open`: the batch that takes orders. */
export async function readMarketQueue(db: Queryable, market: MarketRecord, now: bigint) {
  const { id: marketId } = market
  const first = (status: ('OPEN' | 'STRUCK' | 'SETTLED')[]) =>
    db.batch.findFirst({
      where: { marketId, status: { in: status } },
      orderBy: { batchId: 'asc' },
      select: { batchId: true },
    })
  const [toSettle, toFinalize] = [await first(['OPEN', 'STRUCK']), await first(['SETTLED'])]
  const batchId = batchAt(market, now)
  const open = await db.batch.findUnique({ where: { marketId_batchId: { marketId, batchId } } })
  return {
    toSettle: toSettle?.batchId ?? null,
    toFinalize: toFinalize?.batchId ?? null,
    batchId,
    open: open && {
      keyId: open.keyId,
      orders: Number(open.orderCount),
      cancellations: Number(open.leafCount - open.orderCount),
    },
  }
}

const ORDERS = {
  newest: [{ blockNumber: 'desc' }, { logIndex: 'desc' }],
  active: [{ tradedBatchCount: 'desc' }, { id: 'asc' }],
} satisfies Record<MarketSort, Prisma.MarketOrderByWithRelationInput[]>

function positionOf(row: MarketRow, sort: MarketSort): MarketPosition {
  const { blockNumber, logIndex, tradedBatchCount, id } = row
  return sort === 'newest' ? { sort, blockNumber, logIndex } : { sort, tradedBatchCount, id }
}

function afterWhere(after: MarketPosition): Prisma.MarketWhereInput {
  if (after.sort === 'newest') {
    const { blockNumber, logIndex } = after
    return { OR: [{ blockNumber: { lt: blockNumber } }, { blockNumber, logIndex: { lt: logIndex } }] }
  }
  const { tradedBatchCount, id } = after
  return { OR: [{ tradedBatchCount: { lt: tradedBatchCount } }, { tradedBatchCount, id: { gt: id } }] }
}
