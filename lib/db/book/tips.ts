import type { Queryable } from '../client'
import { toBigint } from '../numbers'

/** One batch of one market. Ids in lower case. */
export type BatchKey = { marketId: string; batchId: bigint }

/** What a new event of a market needs to know: its terms. */
export type MarketTip = {
  base: string
  quote: string
  tickSize: bigint
  lotSize: bigint
  batchLength: bigint
  feeBps: number
  batchSettleBy: bigint
  startsAt: bigint
}

/** Where a batch's accumulator stands. */
export type BatchTip = { acc: string; count: number; orders: number; keyId: string }

export type FillTip = { leaf: string; trader: string; sell: boolean; lots: number; payment: bigint; fee: bigint }

/**
 * What the index holds of the markets that a block's events name. `orders`: leaves of those
 * that are cancelled. `fills`: of the newest settlement of batches that become final.
 */
export type BookTips = {
  markets: Map<string, MarketTip>
  batches: Map<string, BatchTip>
  orders: Set<string>
  fills: Map<string, FillTip[]>
}

export type WantedTips = { markets: string[]; batches: BatchKey[]; cancelled: string[]; finalized: BatchKey[] }

export const batchKey = ({ marketId, batchId }: BatchKey): string => `${marketId}/${batchId}`

export function noTips(): BookTips {
  return { markets: new Map(), batches: new Map(), orders: new Set(), fills: new Map() }
}

/** Reads what is wanted and there; unknown markets, batches and orders are left out. */
export async function readBookTips(db: Queryable, wanted: WantedTips): Promise<BookTips> {
  if (wanted.markets.length === 0) return noTips()
  const [markets, batches, orders, fills] = [
    await readMarketTips(db, wanted.markets),
    await readBatchTips(db, wanted.batches),
    await readOrders(db, wanted.cancelled),
    await readFills(db, wanted.finalized),
  ]
  return { markets, batches, orders, fills }
}

async function readMarketTips(db: Queryable, ids: string[]): Promise<BookTips['markets']> {
  const rows = await db.market.findMany({ where: { id: { in: ids } } })
  return new Map(
    rows.map((row) => {
      const { base, quote, batchLength, feeBps, batchSettleBy, startsAt } = row
      const units = { tickSize: toBigint(row.tickSize), lotSize: toBigint(row.lotSize) }
      return [row.id, { base, quote, ...units, batchLength, feeBps, batchSettleBy, startsAt }]
    }),
  )
}

async function readBatchTips(db: Queryable, keys: BatchKey[]): Promise<BookTips['batches']> {
  if (keys.length === 0) return new Map()
  const rows = await db.batch.findMany({
    where: { OR: keys },
    select: { marketId: true, batchId: true, acc: true, leafCount: true, orderCount: true, keyId: true },
  })
  return new Map(
    rows.map((row) => [
      batchKey(row),
      { acc: row.acc, count: Number(row.leafCount), orders: Number(row.orderCount), keyId: row.keyId },
    ]),
  )
}

async function readOrders(db: Queryable, leaves: string[]): Promise<BookTips['orders']> {
  if (leaves.length === 0) return new Set()
  const rows = await db.bookLeaf.findMany({
    where: { leaf: { in: leaves }, cancelledLeaf: null },
    select: { leaf: true },
  })
  return new Set(rows.map(({ leaf }) => leaf))
}

async function readFills(db: Queryable, keys: BatchKey[]): Promise<BookTips['fills']> {
  const fills: BookTips['fills'] = new Map()
  for (const key of keys) {
    const newest = await db.batchSettlement.findFirst({
      where: key,
      orderBy: { round: 'desc' },
      select: { fills: { orderBy: { leaf: 'asc' } } },
    })
    if (!newest) continue
    fills.set(
      batchKey(key),
      newest.fills.map((row) => ({
        ...{ leaf: row.leaf, trader: row.trader, sell: row.sell, lots: Number(row.lots) },
        ...{ payment: toBigint(row.payment), fee: toBigint(row.fee) },
      })),
    )
  }
  return fills
}
