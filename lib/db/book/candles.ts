import type { Queryable } from '../client'

/** What traded in the batches that ended within a span from `time` on. Prices in ticks. */
export type CandleRecord = {
  time: bigint
  open: number
  high: number
  low: number
  close: number
  lots: bigint
  paid: bigint
  batches: number
  final: boolean
}

type Row = Record<'time' | 'open' | 'high' | 'low' | 'close' | 'batches', bigint> & {
  lots: string
  paid: string
  final: boolean
}

/**
 * The newest candles before a time, oldest of them first. Spans without a trade are left out.
 *
 * @param filter.interval Seconds; spans begin at its multiples.
 * @param filter.before Unix seconds; rounded down to a span's beginning.
 */
export async function readCandles(
  db: Queryable,
  { marketId, interval, before, limit }: { marketId: string; interval: number; before: bigint; limit: number },
): Promise<CandleRecord[]> {
  const span = BigInt(interval)
  const end = (before / span) * span
  // From each span to the next older one that has a trade, so that it takes time with what is answered.
  const rows = await db.$queryRaw<Row[]>`
    WITH RECURSIVE spans AS (
      (SELECT (ends_at - 1) / ${span}::bigint * ${span}::bigint AS time FROM batches
        WHERE market_id = ${marketId} AND fill_count > 0 AND ends_at <= ${end} ORDER BY ends_at DESC LIMIT 1)
      UNION ALL
      SELECT older.time FROM spans CROSS JOIN LATERAL (
        SELECT (ends_at - 1) / ${span}::bigint * ${span}::bigint AS time FROM batches
        WHERE market_id = ${marketId} AND fill_count > 0 AND ends_at <= spans.time ORDER BY ends_at DESC LIMIT 1
      ) older
    )
    SELECT s.time, c.* FROM (SELECT time FROM spans LIMIT ${limit}) s CROSS JOIN LATERAL (
      SELECT (array_agg(clearing_price ORDER BY batch_id ASC))[1] AS open, max(clearing_price) AS high,
        min(clearing_price) AS low, (array_agg(clearing_price ORDER BY batch_id DESC))[1] AS close,
        sum(lots)::text AS lots, sum(paid)::text AS paid, count(*) AS batches, bool_and(status = 'FINAL') AS final
      FROM batches WHERE market_id = ${marketId} AND fill_count > 0
        AND ends_at > s.time AND ends_at <= s.time + ${span}::bigint
    ) c ORDER BY s.time`
  return rows.map((row) => ({
    time: row.time,
    open: Number(row.open),
    high: Number(row.high),
    low: Number(row.low),
    close: Number(row.close),
    lots: BigInt(row.lots),
    paid: BigInt(row.paid),
    batches: Number(row.batches),
    final: row.final,
  }))
}
