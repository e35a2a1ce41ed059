import type { Queryable } from '../client'
import { Prisma } from '../generated/client'
import type { Origin } from '../origin'

export type MarketActivityRecord = {
  kind:
    | 'MarketCreated'
    | 'MarginDeposited'
    | 'WithdrawalRequested'
    | 'MarginWithdrawn'
    | 'OrderPlaced'
    | 'OrderCancelled'
    | 'AllCancelled'
    | 'Filled'
  batchId: bigint | null
  seq: number | null
  leaf: string | null
  /** Base units; of a fill, less than nothing for what it took, fee included. */
  base: bigint
  quote: bigint
  origin: Origin
}

/** Where a page begins: just after (older than) this line. A settlement's fills share a log; their leaves order them. */
export type MarketActivityPosition = { blockNumber: bigint; logIndex: number; leaf: string }

type Row = Omit<MarketActivityRecord, 'seq' | 'base' | 'quote' | 'origin'> & {
  seq: bigint | null
  base: string
  quote: string
  tie: string
  blockNumber: bigint
  logIndex: number
  blockHash: string
  transactionHash: string
  time: bigint
}

/** One page of what a trader did in a market, and of what it gave him, newest first. */
export async function listMarketActivity(
  db: Queryable,
  filter: { marketId: string; account: string; after?: MarketActivityPosition | undefined; limit: number },
): Promise<{ activity: MarketActivityRecord[]; next: MarketActivityPosition | null }> {
  const [marketId, account, { after, limit }] = [filter.marketId, filter.account.toLowerCase(), filter]
  const older = (position: Prisma.Sql) =>
    after ? Prisma.sql`AND ${position} <= (${after.blockNumber}, ${after.logIndex})` : Prisma.empty
  const rest = after
    ? Prisma.sql`WHERE (a.block_number, a.log_index) < (${after.blockNumber}, ${after.logIndex}) OR a.tie > ${after.leaf}`
    : Prisma.empty
  const rows = await db.$queryRaw<Row[]>`
    SELECT a.kind, a.batch_id AS "batchId", a.seq, a.leaf, a.base::text AS base, a.quote::text AS quote, a.tie,
      a.block_number AS "blockNumber", a.log_index AS "logIndex", a.block_hash AS "blockHash",
      a.transaction_hash AS "transactionHash", k.time
    FROM (
      SELECT e.kind::text, e.batch_id, e.seq, CASE WHEN e.kind <> 'AllCancelled' THEN COALESCE(l.cancelled_leaf, l.leaf) END AS leaf,
        COALESCE(e.base, CASE WHEN e.token = m.base THEN e.amount END, 0) AS base,
        COALESCE(e.quote, CASE WHEN e.token = m.quote THEN e.amount END, 0) AS quote,
        '' AS tie, e.block_number, e.log_index, e.block_hash, e.transaction_hash
      FROM events e JOIN markets m ON m.id = e.market_id
      LEFT JOIN book_leaves l ON l.block_hash = e.block_hash AND l.log_index = e.log_index
      WHERE e.account = ${account} AND e.market_id = ${marketId} ${older(Prisma.sql`(e.block_number, e.log_index)`)}
      UNION ALL
      SELECT 'Filled', f.batch_id, NULL, f.leaf, CASE WHEN f.sell THEN -f.lots ELSE f.lots END * m.lot_size,
        CASE WHEN f.sell THEN f.payment - f.fee ELSE -(f.payment + f.fee) END,
        f.leaf, s.block_number, s.log_index, s.block_hash, s.transaction_hash
      FROM fills f JOIN markets m ON m.id = f.market_id
      JOIN batches b ON b.market_id = f.market_id AND b.batch_id = f.batch_id AND b.round = f.round
      JOIN batch_settlements s ON s.market_id = f.market_id AND s.batch_id = f.batch_id AND s.round = f.round
      WHERE f.market_id = ${marketId} AND f.trader = ${account} ${older(Prisma.sql`(s.block_number, s.log_index)`)}
    ) a JOIN blocks k ON k.hash = a.block_hash
    ${rest} ORDER BY a.block_number DESC, a.log_index DESC, a.tie ASC LIMIT ${limit + 1}`
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    activity: page.map(({ tie: _tie, blockNumber, logIndex, blockHash, transactionHash, time, ...row }) => ({
      ...row,
      seq: row.seq === null ? null : Number(row.seq),
      base: BigInt(row.base),
      quote: BigInt(row.quote),
      origin: { blockNumber, logIndex, blockHash, transactionHash, time },
    })),
    next:
      last && rows.length > limit ? { blockNumber: last.blockNumber, logIndex: last.logIndex, leaf: last.tie } : null,
  }
}

/** How many fills a trader has that stand. */
export async function countFills(db: Queryable, marketId: string, account: string): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: bigint }]>`
    SELECT count(*) FROM fills f
    JOIN batches b ON b.market_id = f.market_id AND b.batch_id = f.batch_id AND b.round = f.round
    WHERE f.market_id = ${marketId} AND f.trader = ${account.toLowerCase()}`
  return Number(row.count)
}
