import { phaseWhere, type PhaseFilter } from './auctions'
import type { Queryable } from './client'

export type Stats = {
  auctionsByPhase: Record<PhaseFilter, number>
  bids: number
  bidders: number
  markets: number
  orders: number
  /** Auctions and batches whose indexed leaves disagree with the contract's accumulators. */
  mismatches: number
}

/**
 * Totals over the whole index.
 *
 * @param now Chain time that phases are judged by.
 */
export async function readStats(db: Queryable, now: bigint): Promise<Stats> {
  const inPhase = (phase: PhaseFilter) => db.auction.count({ where: phaseWhere(phase, now) })
  const [open, closed, settled, final, voided, bids, bidders, markets, orders, mismatches] = await Promise.all([
    inPhase('open'),
    inPhase('closed'),
    inPhase('settled'),
    inPhase('final'),
    inPhase('voided'),
    db.bid.count(),
    countBidders(db),
    db.market.count(),
    countOrders(db),
    countMismatches(db),
  ])
  return { auctionsByPhase: { open, closed, settled, final, voided }, bids, bidders, markets, orders, mismatches }
}

/** Auctions and batches whose indexed leaves disagree with the contract's accumulators. */
export async function countMismatches(db: Queryable): Promise<number> {
  const where = { integrity: 'MISMATCH' } as const
  return (await db.auction.count({ where })) + (await db.batch.count({ where }))
}

async function countOrders(db: Queryable): Promise<number> {
  const { _sum: sum } = await db.market.aggregate({ _sum: { orderCount: true } })
  return Number(sum.orderCount ?? 0n)
}

async function countBidders(db: Queryable): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: bigint }]>`SELECT count(DISTINCT bidder) FROM bids`
  return Number(row.count)
}
