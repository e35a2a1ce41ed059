import type { Queryable } from '../client'

/** What happened in markets from a time on. `paid` in base units of `token`, over settlements that stand. */
export type BookStats = {
  markets: number
  orders: number
  cancellations: number
  traders: number
  settlements: number
  voided: number
  struck: number
  volumes: { token: string; paid: bigint; fills: number; batches: number }[]
}

/** @param since Unix seconds of block time, inclusive; of volumes, of the batches' ends. */
export async function readBookStats(db: Queryable, since: bigint): Promise<BookStats> {
  const [counts] = await db.$queryRaw<[Record<Exclude<keyof BookStats, 'volumes'>, bigint>]>`
    SELECT count(*) FILTER (WHERE kind = 'MarketCreated') AS markets,
      count(*) FILTER (WHERE kind = 'OrderPlaced') AS orders,
      count(*) FILTER (WHERE kind IN ('OrderCancelled', 'AllCancelled')) AS cancellations,
      count(DISTINCT account) FILTER (WHERE kind = 'OrderPlaced') AS traders,
      count(*) FILTER (WHERE kind = 'BatchSettled') AS settlements,
      count(*) FILTER (WHERE kind = 'BatchVoided') AS voided,
      count(*) FILTER (WHERE kind = 'BatchStruck') AS struck
    FROM events e JOIN blocks b ON b.hash = e.block_hash WHERE e.room = 'BOOK' AND b.time >= ${since}`
  const volumes = await db.$queryRaw<{ token: string; paid: string; fills: bigint; batches: bigint }[]>`
    SELECT m.quote AS token, sum(b.paid)::text AS paid, sum(b.fill_count)::bigint AS fills, count(*) AS batches
    FROM batches b JOIN markets m ON m.id = b.market_id WHERE b.fill_count > 0 AND b.ends_at > ${since}
    GROUP BY m.quote ORDER BY batches DESC, token`
  return {
    markets: Number(counts.markets),
    orders: Number(counts.orders),
    cancellations: Number(counts.cancellations),
    traders: Number(counts.traders),
    settlements: Number(counts.settlements),
    voided: Number(counts.voided),
    struck: Number(counts.struck),
    volumes: volumes.map(({ token, paid, fills, batches }) => ({
      ...{ token, paid: BigInt(paid), fills: Number(fills), batches: Number(batches) },
    })),
  }
}
