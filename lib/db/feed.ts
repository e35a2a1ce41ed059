import type { Queryable } from './client'

/** PostgreSQL's channel on which each commit that adds to the feed names its last id. */
export const FEED_CHANNEL = 'subrosa_feed'

/**
 * One change of the index. `kind`: that of an event; `Block` for a block without one; `Rollback` where every block
 * above `blockNumber` was taken back (`blockHash` null: all of them). Addresses and hashes in lower case.
 */
export type FeedEntry = {
  id: bigint
  kind: string
  auctionId: string | null
  marketId: string | null
  batchId: number | null
  account: string | null
  seq: number | null
  blockNumber: bigint
  blockHash: string | null
  createdAt: Date
}

/**
 * What changed after an entry, oldest first. Whoever reads on from an id has missed something if that id is below
 * `oldestFeedId` - 1, asked after this: the rest was dropped, and only the index itself can tell what became of it.
 *
 * @param filter.afterId Begin after this one; 0n for the oldest kept.
 */
export async function readFeed(db: Queryable, filter: { afterId: bigint; limit: number }): Promise<FeedEntry[]> {
  const rows = await db.feedEntry.findMany({
    where: { id: { gt: filter.afterId } },
    orderBy: { id: 'asc' },
    take: filter.limit,
  })
  const toNumber = (value: bigint | null) => (value === null ? null : Number(value))
  return rows.map((row) => ({ ...row, batchId: toNumber(row.batchId), seq: toNumber(row.seq) }))
}

/** @returns null where the feed is empty. */
export async function oldestFeedId(db: Queryable): Promise<bigint | null> {
  return (await db.feedEntry.aggregate({ _min: { id: true } }))._min.id
}

/** @returns null where the feed is empty. */
export async function newestFeedId(db: Queryable): Promise<bigint | null> {
  return (await db.feedEntry.aggregate({ _max: { id: true } }))._max.id
}
