import type { Database, Queryable } from './client'
import { readSyncState, type SyncState } from './sync'

/**
 * Everything that answers depend on: what is followed and how far, the last change of the index (0 before any), and a
 * digest of what was found out about auctions and batches without a block changing.
 */
export type Revision = { state: SyncState; feedId: bigint; integrity: string }

/** @returns null on a database that no indexer has used. */
export async function readRevision(db: Queryable): Promise<Revision | null> {
  const state = await readSyncState(db)
  if (!state) return null
  const [row] = await db.$queryRaw<[{ feed_id: bigint; integrity: string }]>`
    SELECT COALESCE((SELECT max(id) FROM feed), 0) AS feed_id,
      (SELECT COALESCE(md5(string_agg(id || integrity, ',' ORDER BY id)), '') FROM (
         SELECT id, integrity FROM auctions WHERE integrity IN ('UNVERIFIED', 'MISMATCH')
         UNION ALL SELECT market_id || '/' || batch_id, integrity FROM batches
         WHERE integrity IN ('UNVERIFIED', 'MISMATCH')
       ) doubted) AS integrity`
  return { state, feedId: row.feed_id, integrity: row.integrity }
}

/** Runs reads that all see the database as it was at one moment, whatever is indexed meanwhile. */
export function readSnapshot<Result>(db: Database, read: (tx: Queryable) => Promise<Result>): Promise<Result> {
  return db.$transaction(read, { isolationLevel: 'RepeatableRead', maxWait: 5_000, timeout: 15_000 })
}
