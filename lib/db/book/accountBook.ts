import type { Queryable } from '../client'
import { withBlock } from '../origin'
import { toMarket, type MarketRecord } from './markets'

/**
 * What is free in the book's vault, by token, from the events that moved it: deposits, margin that came back and fees
 * earned, less withdrawals and what became margin.
 */
export async function readBookBalances(db: Queryable, account: string): Promise<Map<string, bigint>> {
  const who = account.toLowerCase()
  const rows = await db.$queryRaw<{ token: string; available: string }[]>`
    SELECT token, sum(amount)::text AS available FROM (
      SELECT token, CASE kind WHEN 'Deposited' THEN amount ELSE -amount END AS amount FROM events
      WHERE account = ${who} AND room = 'BOOK' AND kind IN ('Deposited', 'Withdrawn', 'MarginDeposited')
      UNION ALL
      SELECT unnest(ARRAY[m.base, m.quote]), unnest(ARRAY[e.base, e.quote])
      FROM events e JOIN markets m ON m.id = e.market_id WHERE e.account = ${who} AND e.kind = 'MarginWithdrawn'
      UNION ALL
      SELECT quote, fees FROM markets WHERE creator = ${who} AND fees > 0
    ) moved GROUP BY token ORDER BY token`
  return new Map(rows.map(({ token, available }) => [token, BigInt(available)]))
}

/** Markets in which an account has margin or orders, or had; the busiest first, and how many there are. */
export async function listTraderMarkets(
  db: Queryable,
  account: string,
  limit: number,
): Promise<{ markets: MarketRecord[]; count: number }> {
  const where = { trader: account.toLowerCase() }
  const rows = await db.trader.findMany({
    where,
    orderBy: [{ market: { tradedBatchCount: 'desc' } }, { marketId: 'asc' }],
    take: limit,
    include: { market: { include: withBlock } },
  })
  return { markets: rows.map(({ market }) => toMarket(market)), count: await db.trader.count({ where }) }
}
