import type { Queryable } from '../client'
import { Prisma } from '../generated/client'
import type { Origin } from '../origin'

/** What a settlement that stands gave one order. `payment` and `fee` in base units of quote; `time`: the batch's end. */
export type FillRecord = {
  batchId: bigint
  leaf: string
  placedIn: bigint | null
  trader: string
  sell: boolean
  lots: number
  price: number
  payment: bigint
  fee: bigint
  final: boolean
  time: bigint
  origin: Origin
}

/** Where a page begins: just after this fill. */
export type FillPosition = { batchId: bigint; leaf: string }

type Row = Omit<FillRecord, 'lots' | 'price' | 'payment' | 'fee' | 'origin'> & {
  lots: bigint
  price: bigint
  payment: string
  fee: string
  blockNumber: bigint
  blockHash: string
  transactionHash: string
  logIndex: number
  blockTime: bigint
}

/** The newest batch first; in a batch, by leaf. */
const NEWEST = Prisma.sql`f.batch_id DESC, f.leaf ASC`

/** One page of a market's fills. @param filter.trader Only his. */
export async function listTrades(
  db: Queryable,
  filter: { marketId: string; trader?: string | undefined; after?: FillPosition | undefined; limit: number },
): Promise<{ trades: FillRecord[]; next: FillPosition | null }> {
  const { after } = filter
  const conditions = [
    Prisma.sql`f.market_id = ${filter.marketId.toLowerCase()}`,
    ...(filter.trader ? [Prisma.sql`f.trader = ${filter.trader.toLowerCase()}`] : []),
    ...(after
      ? [
          Prisma.sql`f.batch_id <= ${after.batchId}`,
          Prisma.sql`(f.batch_id < ${after.batchId} OR f.leaf > ${after.leaf})`,
        ]
      : []),
  ]
  const trades = await read(db, conditions, NEWEST, filter.limit + 1)
  const page = trades.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    trades: page,
    next: last && trades.length > filter.limit ? { batchId: last.batchId, leaf: last.leaf } : null,
  }
}

/** All fills of a batch's standing settlement, by leaf. */
export function readBatchFills(db: Queryable, marketId: string, batchId: bigint): Promise<FillRecord[]> {
  const conditions = [Prisma.sql`f.market_id = ${marketId}`, Prisma.sql`f.batch_id = ${batchId}`]
  return read(db, conditions, Prisma.sql`f.leaf ASC`)
}

/** Everything that some orders got, oldest batch first. */
export async function readFillsOf(
  db: Queryable,
  marketId: string,
  leaves: string[],
): Promise<Map<string, FillRecord[]>> {
  const conditions = [Prisma.sql`f.market_id = ${marketId}`, Prisma.sql`f.leaf = ANY(${leaves}::text[])`]
  const fills = leaves.length > 0 ? await read(db, conditions, Prisma.sql`f.batch_id ASC`) : []
  const byLeaf = new Map<string, FillRecord[]>()
  for (const fill of fills) byLeaf.set(fill.leaf, [...(byLeaf.get(fill.leaf) ?? []), fill])
  return byLeaf
}

/** Lots that some orders got so far. Those left out got none. */
export async function readFilledLots(db: Queryable, marketId: string, leaves: string[]): Promise<Map<string, bigint>> {
  const rows = await db.$queryRaw<{ leaf: string; lots: string }[]>`
    SELECT f.leaf, sum(f.lots)::text AS lots FROM fills f
    JOIN batches b ON b.market_id = f.market_id AND b.batch_id = f.batch_id AND b.round = f.round
    WHERE f.market_id = ${marketId} AND f.leaf = ANY(${leaves}::text[]) GROUP BY f.leaf`
  return new Map(rows.map(({ leaf, lots }) => [leaf, BigInt(lots)]))
}

/** Of settlements that stand alone: a batch names the round of its own. */
async function read(db: Queryable, conditions: Prisma.Sql[], order: Prisma.Sql, limit?: number): Promise<FillRecord[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT f.batch_id AS "batchId", f.leaf, l.batch_id AS "placedIn", f.trader, f.sell, f.lots,
      s.clearing_price AS price, f.payment::text AS payment, f.fee::text AS fee, b.status = 'FINAL' AS final,
      b.ends_at AS time, s.block_number AS "blockNumber", s.block_hash AS "blockHash",
      s.transaction_hash AS "transactionHash", s.log_index AS "logIndex", k.time AS "blockTime"
    FROM fills f
    JOIN batches b ON b.market_id = f.market_id AND b.batch_id = f.batch_id AND b.round = f.round
    JOIN batch_settlements s ON s.market_id = f.market_id AND s.batch_id = f.batch_id AND s.round = f.round
    JOIN blocks k ON k.hash = s.block_hash
    LEFT JOIN book_leaves l ON l.market_id = f.market_id AND l.leaf = f.leaf
    WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY ${order}
    ${limit === undefined ? Prisma.empty : Prisma.sql`LIMIT ${limit}`}`
  return rows.map(({ blockNumber, blockHash, transactionHash, logIndex, blockTime, ...row }) => ({
    ...row,
    lots: Number(row.lots),
    price: Number(row.price),
    payment: BigInt(row.payment),
    fee: BigInt(row.fee),
    origin: { blockNumber, blockHash, transactionHash, logIndex, time: blockTime },
  }))
}
