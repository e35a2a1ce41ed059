import type { Queryable } from './client'
import type { LeafChanges } from './leafChanges'

const ZERO_HASH = `0x${'0'.repeat(64)}`

/**
 * Brings the derived columns of auctions and their bids up to date, once rows that blocks brought were added or deleted.
 * Applying a block and rolling one back both end with this. It takes time with what changed, not with what is there: an
 * auction may have ten thousand bids, and as many blocks bring them.
 *
 * @param ids Of every auction that the blocks have an event of.
 * @param changes What their leaves changed.
 */
export async function deriveAuctions(tx: Queryable, ids: string[], changes: LeafChanges[]): Promise<void> {
  if (ids.length === 0) return
  await deriveBids(tx, changes)
  const [changed, live, bidders] = [
    changes.map(({ auctionId }) => auctionId),
    changes.map((change) => change.live.toString()),
    changes.map((change) => change.bidders.toString()),
  ]
  await tx.$executeRaw`
    UPDATE auctions SET status = d.status, challenge_until = d.challenge_until, acc = d.acc, leaf_count = d.leaf_count,
      live_count = auctions.live_count + d.live, bidder_count = auctions.bidder_count + d.bidders,
      integrity = CASE WHEN auctions.acc <> d.acc OR auctions.leaf_count <> d.leaf_count THEN 'UNVERIFIED' ELSE auctions.integrity END
    FROM (
      SELECT a.id, s.challenge_until, COALESCE(l.acc, ${ZERO_HASH}) AS acc, COALESCE(l.seq + 1, 0) AS leaf_count,
        (CASE
          WHEN EXISTS (SELECT 1 FROM events e WHERE e.auction_id = a.id AND e.kind = 'AuctionVoided') THEN 'VOIDED'
          WHEN s.round IS NOT NULL THEN 'SETTLED'
          ELSE 'OPEN' END)::"AuctionStatus" AS status,
        COALESCE(c.live, 0) AS live, COALESCE(c.bidders, 0) AS bidders
      FROM auctions a
      LEFT JOIN unnest(${changed}::text[], ${live}::text[]::bigint[], ${bidders}::text[]::bigint[]) c (id, live, bidders)
        ON c.id = a.id
      LEFT JOIN LATERAL (SELECT seq, acc FROM leaves WHERE auction_id = a.id ORDER BY seq DESC LIMIT 1) l ON true
      LEFT JOIN LATERAL (SELECT round, challenge_until FROM settlements WHERE auction_id = a.id ORDER BY round DESC LIMIT 1) s ON true
      WHERE a.id = ANY(${ids}::text[])
    ) d
    WHERE auctions.id = d.id`
}

/**
 * Which bids stand, of those that some leaf cancels or cancelled. A cancellation followed at once, in the same
 * transaction, by a bid of the same bidder is a replacement.
 */
async function deriveBids(tx: Queryable, changes: LeafChanges[]): Promise<void> {
  const bids = changes.flatMap(({ auctionId, cancelled }) => cancelled.map((seq) => ({ auctionId, seq })))
  if (bids.length === 0) return
  const [ids, seqs] = [bids.map(({ auctionId }) => auctionId), bids.map(({ seq }) => seq)]
  await tx.$executeRaw`
    UPDATE bids SET state = d.state, cancelled_by_seq = d.cancelled_by, replaced_by_seq = d.replaced_by
    FROM (
      SELECT b.auction_id, b.seq, c.seq AS cancelled_by, r.seq AS replaced_by,
        (CASE WHEN r.seq IS NOT NULL THEN 'REPLACED' WHEN c.seq IS NOT NULL THEN 'CANCELLED' ELSE 'LIVE' END)::"BidState" AS state
      FROM unnest(${ids}::text[], ${seqs}::text[]::bigint[]) b (auction_id, seq)
      LEFT JOIN leaves c ON c.auction_id = b.auction_id AND c.cancelled_seq = b.seq
      LEFT JOIN leaves r ON r.auction_id = c.auction_id AND r.seq = c.seq + 1 AND r.cancelled_seq IS NULL
        AND r.bidder = c.bidder AND r.slot = c.slot AND r.transaction_hash = c.transaction_hash
    ) d
    WHERE bids.auction_id = d.auction_id AND bids.seq = d.seq`
}
