import type { Queryable } from '../client'

/** What some blocks change for one trader in one market. Amounts and counts in decimal; negative where taken back. */
export type TraderChange = {
  marketId: string
  trader: string
  base: string
  quote: string
  changes: string
  orders: string
}

/** Sums up the margin changes and orders of some blocks. Reads as many rows as there are of these. */
export function readTraderChanges(tx: Queryable, hashes: string[]): Promise<TraderChange[]> {
  return tx.$queryRaw<TraderChange[]>`
    SELECT market_id AS "marketId", trader, sum(base)::text AS base, sum(quote)::text AS quote,
      count(*)::text AS changes, sum(orders)::text AS orders
    FROM (
      SELECT market_id, trader, base, quote, 0 AS orders FROM margin_changes WHERE block_hash = ANY(${hashes}::text[])
      UNION ALL
      SELECT market_id, trader, 0, 0, 1 FROM book_leaves
      WHERE block_hash = ANY(${hashes}::text[]) AND cancelled_leaf IS NULL
    ) moved GROUP BY market_id, trader`
}

/** The same, for rows that are gone. */
export function tradersTakenBack(changes: TraderChange[]): TraderChange[] {
  const minus = (amount: string) => (-BigInt(amount)).toString()
  return changes.map(({ base, quote, changes: count, orders, ...trader }) => ({
    ...trader,
    ...{ base: minus(base), quote: minus(quote), changes: minus(count), orders: minus(orders) },
  }))
}

/** Brings `traders` up to date, and how many of them each market has. Markets that are gone take theirs with them. */
export async function deriveTraders(tx: Queryable, changes: TraderChange[]): Promise<void> {
  if (changes.length === 0) return
  const changed = JSON.stringify(
    changes.map(({ marketId, changes: count, orders, ...rest }) => {
      return { market_id: marketId, changes: count, order_count: orders, ...rest }
    }),
  )
  await tx.$executeRaw`
    WITH changed AS (
      SELECT c.* FROM jsonb_populate_recordset(NULL::traders, ${changed}::jsonb) c
      WHERE EXISTS (SELECT 1 FROM markets m WHERE m.id = c.market_id)
    ), newcomers AS (
      SELECT c.market_id,
        count(*) FILTER (WHERE COALESCE(t.order_count, 0) = 0 AND c.order_count > 0)
        - count(*) FILTER (WHERE t.order_count > 0 AND t.order_count + c.order_count = 0) AS traders
      FROM changed c LEFT JOIN traders t ON t.market_id = c.market_id AND t.trader = c.trader
      GROUP BY c.market_id
    ), counted AS (
      UPDATE markets SET trader_count = trader_count + n.traders FROM newcomers n WHERE markets.id = n.market_id
    )
    INSERT INTO traders (market_id, trader, base, quote, changes, order_count)
    SELECT market_id, trader, base, quote, changes, order_count FROM changed
    ON CONFLICT (market_id, trader) DO UPDATE SET base = traders.base + EXCLUDED.base,
      quote = traders.quote + EXCLUDED.quote, changes = traders.changes + EXCLUDED.changes,
      order_count = traders.order_count + EXCLUDED.order_count`
  const gone = changes.filter(({ changes: count }) => count.startsWith('-'))
  if (gone.length === 0) return
  const [markets, traders] = [gone.map(({ marketId }) => marketId), gone.map(({ trader }) => trader)]
  await tx.$executeRaw`
    DELETE FROM traders USING unnest(${markets}::text[], ${traders}::text[]) g (market_id, trader)
    WHERE traders.market_id = g.market_id AND traders.trader = g.trader AND traders.changes = 0`
}
