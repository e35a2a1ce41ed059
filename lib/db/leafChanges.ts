import type { Queryable } from './client'

/** What some leaves change in their auction. */
export type LeafChanges = {
  auctionId: string
  /** Standing bids more; fewer where negative. */
  live: bigint
  /** Addresses more that have bid; fewer where negative. */
  bidders: bigint
  /** The bids that they cancel, by sequence number, in decimal. */
  cancelled: string[]
}

/**
 * What the leaves of the newest blocks change, by auction. Reads as many rows as there are such leaves, however many the
 * auction has.
 *
 * @param hashes Of the newest blocks stored, all of them above some number: a bidder counts as new where no leaf of his is
 * older than theirs.
 */
export async function readLeafChanges(tx: Queryable, hashes: string[]): Promise<LeafChanges[]> {
  return tx.$queryRaw<LeafChanges[]>`
    WITH newest AS MATERIALIZED (
      SELECT auction_id, seq, bidder, cancelled_seq FROM leaves WHERE block_hash = ANY(${hashes}::text[])
    ), bidders AS (
      SELECT n.auction_id, count(*) FILTER (
        WHERE n.first = (SELECT min(l.seq) FROM leaves l WHERE l.auction_id = n.auction_id AND l.bidder = n.bidder)
      ) AS bidders
      FROM (SELECT auction_id, bidder, min(seq) AS first FROM newest GROUP BY auction_id, bidder) n
      GROUP BY n.auction_id
    ), leaves_of AS (
      SELECT auction_id, count(*) - 2 * count(cancelled_seq) AS live,
        array_remove(array_agg(cancelled_seq::text), NULL) AS cancelled
      FROM newest GROUP BY auction_id
    )
    SELECT l.auction_id AS "auctionId", l.live, b.bidders, l.cancelled
    FROM leaves_of l JOIN bidders b ON b.auction_id = l.auction_id`
}

/** The same, for leaves that are gone. */
export function takenBack(changes: LeafChanges[]): LeafChanges[] {
  return changes.map(({ live, bidders, ...change }) => ({ ...change, live: -live, bidders: -bidders }))
}
