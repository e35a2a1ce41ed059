import type { Queryable } from './client'

const ZERO_HASH = `0x${'0'.repeat(64)}`

/**
 * Computes every derived column of the given auctions and their bids again, from the rows that blocks brought. Applying
 * a block and rolling one back both end with this, so the two cannot disagree.
 *
 * A cancellation followed at once, in the same transaction, by a bid of the same bidder is a replacement.
 */
export async function deriveAuctions(tx: Queryable, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.$executeRaw`
    UPDATE bids SET state = d.state, cancelled_by_seq = d.cancelled_by, replaced_by_seq = d.replaced_by
    FROM (
      SELECT b.auction_id, b.seq, c.seq AS cancelled_by, r.seq AS replaced_by,
        (CASE WHEN r.seq IS NOT NULL THEN 'REPLACED' WHEN c.seq IS NOT NULL THEN 'CANCELLED' ELSE 'LIVE' END)::"BidState" AS state
      FROM bids b
      LEFT JOIN leaves c ON c.auction_id = b.auction_id AND c.cancelled_seq = b.seq
      LEFT JOIN leaves r ON r.auction_id = c.auction_id AND r.seq = c.seq + 1 AND r.cancelled_seq IS NULL
        AND r.bidder = c.bidder AND r.slot = c.slot AND r.transaction_hash = c.transaction_hash
      WHERE b.auction_id = ANY(${ids}::text[])
    ) d
    WHERE bids.auction_id = d.auction_id AND bids.seq = d.seq
      AND (bids.state, bids.cancelled_by_seq, bids.replaced_by_seq) IS DISTINCT FROM (d.state, d.cancelled_by, d.replaced_by)`
  await tx.$executeRaw`
    UPDATE auctions SET status = d.status, challenge_until = d.challenge_until, acc = d.acc, leaf_count = d.leaf_count,
      live_count = d.live_count, bidder_count = d.bidder_count,
      integrity = CASE WHEN auctions.acc <> d.acc OR auctions.leaf_count <> d.leaf_count THEN 'UNVERIFIED' ELSE auctions.integrity END
    FROM (
      SELECT a.id, s.challenge_until, COALESCE(l.acc, ${ZERO_HASH}) AS acc, COALESCE(l.seq + 1, 0) AS leaf_count,
        (CASE
          WHEN EXISTS (SELECT 1 FROM events e WHERE e.auction_id = a.id AND e.kind = 'AuctionVoided') THEN 'VOIDED'
          WHEN s.round IS NOT NULL THEN 'SETTLED'
          ELSE 'OPEN' END)::"AuctionStatus" AS status,
        (SELECT count(*) FROM bids b WHERE b.auction_id = a.id AND b.state = 'LIVE') AS live_count,
        (SELECT count(DISTINCT bidder) FROM bids b WHERE b.auction_id = a.id) AS bidder_count
      FROM auctions a
      LEFT JOIN LATERAL (SELECT seq, acc FROM leaves WHERE auction_id = a.id ORDER BY seq DESC LIMIT 1) l ON true
      LEFT JOIN LATERAL (SELECT round, challenge_until FROM settlements WHERE auction_id = a.id ORDER BY round DESC LIMIT 1) s ON true
      WHERE a.id = ANY(${ids}::text[])
    ) d
    WHERE auctions.id = d.id`
}
