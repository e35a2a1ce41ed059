import type { Queryable } from '../client'
import type { BatchKey } from './tips'
import { touchedBatches, touchedMarkets } from './touched'
import { deriveTraders, readTraderChanges, tradersTakenBack, type TraderChange } from './traders'

/** What some blocks changed of the order book, and what their batches added to their markets' totals before that. */
export type BookChanges = { markets: string[]; batches: BatchKey[]; totals: Totals[]; traders: TraderChange[] }

type Totals = {
  marketId: string
  batches: bigint
  orders: bigint
  cancellations: bigint
  traded: bigint
  fills: bigint
  lots: string
  paid: string
  fees: string
}

/**
 * What newly inserted blocks change: read between inserting their rows and `deriveBook`. Takes time with what is in
 * them, not with what is there.
 */
export async function readBookChanges(tx: Queryable, hashes: string[]): Promise<BookChanges> {
  const markets = await touchedMarkets(tx, hashes)
  if (markets.length === 0) return { markets, batches: [], totals: [], traders: [] }
  const batches = await touchedBatches(tx, hashes)
  return { markets, batches, totals: await readTotals(tx, batches), traders: await readTraderChanges(tx, hashes) }
}

/** The same of blocks that are taken back: read before their rows are deleted. */
export async function readBookTakenBack(tx: Queryable, hashes: string[]): Promise<BookChanges> {
  const { traders, ...changes } = await readBookChanges(tx, hashes)
  return { ...changes, traders: tradersTakenBack(traders) }
}

/** Brings the derived columns of markets, batches and traders up to date. Applying and rolling back end with this. */
export async function deriveBook(tx: Queryable, { markets, batches, totals, traders }: BookChanges): Promise<void> {
  if (markets.length === 0) return
  await deriveBatches(tx, batches)
  await addTotals(tx, totals, await readTotals(tx, batches))
  await deriveTraders(tx, traders)
  await deriveMarkets(tx, markets)
}

/** What batches add to their markets. A row that was only just inserted adds nothing yet. */
function readTotals(tx: Queryable, keys: BatchKey[]): Promise<Totals[]> {
  const { ids, numbers } = columnsOf(keys)
  return tx.$queryRaw<Totals[]>`
    SELECT b.market_id AS "marketId", count(*) FILTER (WHERE leaf_count > 0) AS batches,
      sum(order_count)::bigint AS orders, sum(leaf_count - order_count)::bigint AS cancellations,
      count(*) FILTER (WHERE fill_count > 0) AS traded, sum(fill_count)::bigint AS fills,
      sum(lots)::text AS lots, sum(paid)::text AS paid, sum(fees)::text AS fees
    FROM batches b JOIN unnest(${ids}::text[], ${numbers}::text[]::bigint[]) k (market_id, batch_id)
      ON b.market_id = k.market_id AND b.batch_id = k.batch_id
    GROUP BY b.market_id`
}

async function addTotals(tx: Queryable, before: Totals[], after: Totals[]): Promise<void> {
  const rows = JSON.stringify(
    [...before.map((totals) => ({ ...totals, sign: -1 })), ...after.map((totals) => ({ ...totals, sign: 1 }))],
    (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  )
  await tx.$executeRaw`
    UPDATE markets SET batch_count = batch_count + d.batches, order_count = order_count + d.orders,
      cancellation_count = cancellation_count + d.cancellations, traded_batch_count = traded_batch_count + d.traded,
      fill_count = fill_count + d.fills, lots = markets.lots + d.lots, paid = markets.paid + d.paid,
      fees = markets.fees + d.fees
    FROM (
      SELECT "marketId" AS id, sum(sign * batches) AS batches, sum(sign * orders) AS orders,
        sum(sign * cancellations) AS cancellations, sum(sign * traded) AS traded, sum(sign * fills) AS fills,
        sum(sign * lots) AS lots, sum(sign * paid) AS paid, sum(sign * fees) AS fees
      FROM jsonb_to_recordset(${rows}::jsonb) AS r ("marketId" text, sign int, batches bigint, orders bigint,
        cancellations bigint, traded bigint, fills bigint, lots numeric, paid numeric, fees numeric)
      GROUP BY "marketId"
    ) d
    WHERE markets.id = d.id`
}

/**
 * A settlement stands until a strike of its round or a later one takes back its batch or an earlier one. The contract
 * took none that names other leaves than its own: if the index has others, it is wrong. Of the strikes that moved a batch's
 * deadline the first counts, unless the batch was void by then.
 */
async function deriveBatches(tx: Queryable, keys: BatchKey[]): Promise<void> {
  const { ids, numbers } = columnsOf(keys)
  await tx.$executeRaw`
    UPDATE batches SET acc = d.acc, leaf_count = d.leaf_count, order_count = d.order_count, key_id = d.key_id,
      status = d.status, settle_by = d.settle_by, round = d.round, clearing_price = d.clearing_price, challenge_until = d.challenge_until,
      fill_count = COALESCE(d.fill_count, 0), lots = COALESCE(d.lots, 0), paid = COALESCE(d.paid, 0),
      fees = COALESCE(d.fees, 0),
      integrity = CASE WHEN d.agrees THEN 'VERIFIED' WHEN NOT d.agrees THEN 'MISMATCH'
        WHEN batches.acc <> d.acc OR batches.leaf_count <> d.leaf_count THEN 'UNVERIFIED'
        ELSE batches.integrity END
    FROM (
      SELECT b.market_id, b.batch_id, l.acc, l.seq + 1 AS leaf_count, l.order_count, l.key_id, e.fees,
        s.acc = l.acc AND s.count = l.seq + 1 AS agrees,
        (CASE WHEN e.batch_id IS NOT NULL AND e.fees IS NULL THEN 'VOIDED' WHEN e.batch_id IS NOT NULL THEN 'FINAL'
          WHEN s.round IS NULL THEN 'OPEN' WHEN t.round IS NULL THEN 'STRUCK' ELSE 'SETTLED' END)::"BatchStatus" AS status,
        CASE WHEN v.moved_until > o.deadline AND (v.had_settlement OR o.deadline > v.moved_until - m.batch_settle_by)
          THEN v.moved_until ELSE o.deadline END AS settle_by,
        t.round, t.clearing_price, t.challenge_until, t.fill_count, t.lots, t.paid
      FROM batches b
      JOIN markets m ON m.id = b.market_id
      CROSS JOIN LATERAL (SELECT b.ends_at + m.batch_settle_by AS deadline) o
      JOIN unnest(${ids}::text[], ${numbers}::text[]::bigint[]) k (market_id, batch_id)
        ON b.market_id = k.market_id AND b.batch_id = k.batch_id
      JOIN LATERAL (SELECT seq, acc, order_count, key_id FROM book_leaves
        WHERE market_id = b.market_id AND batch_id = b.batch_id ORDER BY seq DESC LIMIT 1) l ON true
      LEFT JOIN LATERAL (SELECT * FROM batch_settlements
        WHERE market_id = b.market_id AND batch_id = b.batch_id ORDER BY round DESC LIMIT 1) s ON true
      LEFT JOIN batch_settlements t ON t.market_id = s.market_id AND t.batch_id = s.batch_id AND t.round = s.round
        AND NOT EXISTS (SELECT 1 FROM strikes x
          WHERE x.market_id = s.market_id AND x.round >= s.round AND x.batch_id <= s.batch_id)
      LEFT JOIN LATERAL (SELECT x.moved_until, EXISTS (SELECT 1 FROM batch_settlements g
          WHERE g.market_id = x.market_id AND g.batch_id = b.batch_id AND g.round <= x.round
            AND NOT EXISTS (SELECT 1 FROM strikes y WHERE y.market_id = x.market_id
              AND y.round >= g.round AND y.round < x.round AND y.batch_id <= b.batch_id)) AS had_settlement
        FROM strikes x WHERE x.market_id = b.market_id AND x.moved_until > 0
          AND x.batch_id <= b.batch_id AND x.moved_to >= b.batch_id ORDER BY x.round LIMIT 1) v ON true
      LEFT JOIN batch_ends e ON e.market_id = b.market_id AND e.batch_id = b.batch_id
    ) d
    WHERE batches.market_id = d.market_id AND batches.batch_id = d.batch_id`
}

/** Batches are settled in their order, so the last price is that of the newest settled one: those not final come last. */
async function deriveMarkets(tx: Queryable, ids: string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE markets SET last_price = d.last_price, strike_count = d.strikes
    FROM (
      SELECT m.id, COALESCE(s.clearing_price, f.clearing_price, 0) AS last_price, COALESCE(x.round, 0) AS strikes
      FROM markets m
      LEFT JOIN LATERAL (SELECT clearing_price FROM batches
        WHERE market_id = m.id AND status = 'SETTLED' ORDER BY batch_id DESC LIMIT 1) s ON true
      LEFT JOIN LATERAL (SELECT clearing_price FROM batches
        WHERE market_id = m.id AND status = 'FINAL' ORDER BY batch_id DESC LIMIT 1) f ON true
      LEFT JOIN LATERAL (SELECT round FROM strikes
        WHERE market_id = m.id ORDER BY round DESC LIMIT 1) x ON true
      WHERE m.id = ANY(${ids}::text[])
    ) d
    WHERE markets.id = d.id`
}

function columnsOf(keys: BatchKey[]): { ids: string[]; numbers: string[] } {
  return { ids: keys.map(({ marketId }) => marketId), numbers: keys.map(({ batchId }) => batchId.toString()) }
}
