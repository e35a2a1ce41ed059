import { phaseWhere, type PhaseFilter } from './auctions'
import type { Queryable } from './client'

export type Stats = {
  auctionsByPhase: Record<PhaseFilter, number>
  bids: number
  bidders: number
  /** Auctions whose indexed leaves disagree with the contract's accumulator. */
  mismatches: number
}

/**
 * Totals over the whole index.
 *
 * @param now Chain time that phases are judged by.
 */
export async function readStats(db: Queryable, now: bigint): Promise<Stats> {
  const inPhase = (phase: PhaseFilter) => db.auction.count({ where: phaseWhere(phase, now) })
  const [open, closed, settled, final, voided, bids, bidders, mismatches] = await Promise.all([
    inPhase('open'),
    inPhase('closed'),
    inPhase('settled'),
    inPhase('final'),
    inPhase('voided'),
    db.bid.count(),
    countBidders(db),
    countMismatches(db),
  ])
  return { auctionsByPhase: { open, closed, settled, final, voided }, bids, bidders, mismatches }
}

/** Auctions whose indexed leaves disagree with the contract's accumulator. */
export async function countMismatches(db: Queryable): Promise<number> {
  return db.auction.count({ where: { integrity: 'MISMATCH' } })
}

async function countBidders(db: Queryable): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: bigint }]>`SELECT count(DISTINCT bidder) FROM bids`
  return Number(row.count)
}
