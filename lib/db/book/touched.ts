import type { Queryable } from '../client'
import type { BatchKey } from './tips'

/**
 * The batches whose derived columns some blocks change: those with a leaf, settlement or end in them, and those that a
 * strike in them unsettled or gave time, all of which wait to be final or to be settled.
 *
 * @param hashes Of the newest blocks stored, all of them above some number.
 */
export function touchedBatches(tx: Queryable, hashes: string[]): Promise<BatchKey[]> {
  return tx.$queryRaw<BatchKey[]>`
    SELECT market_id AS "marketId", batch_id AS "batchId" FROM (
      SELECT market_id, batch_id FROM book_leaves WHERE block_hash = ANY(${hashes}::text[])
      UNION SELECT market_id, batch_id FROM batch_settlements WHERE block_hash = ANY(${hashes}::text[])
      UNION SELECT market_id, batch_id FROM batch_ends WHERE block_hash = ANY(${hashes}::text[])
      UNION SELECT b.market_id, b.batch_id FROM strikes s JOIN batches b ON b.market_id = s.market_id
        AND b.batch_id >= s.batch_id AND b.status IN ('OPEN', 'SETTLED', 'STRUCK') WHERE s.block_hash = ANY(${hashes}::text[])
    ) touched`
}

/** The markets that some blocks have an event of. */
export async function touchedMarkets(tx: Queryable, hashes: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT market_id AS id FROM events WHERE market_id IS NOT NULL AND block_hash = ANY(${hashes}::text[])`
  return rows.map(({ id }) => id)
}
