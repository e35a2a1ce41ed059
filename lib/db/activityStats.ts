import { readBookStats, type BookStats } from './book/bookStats'
import type { Queryable } from './client'

/** What happened from a time on. `paid` in base units of `token`, over `sales` settled auctions that sold something. */
export type ActivityStats = {
  auctions: number
  bids: number
  cancellations: number
  bidders: number
  settlements: number
  voided: number
  volumes: { token: string; paid: bigint; sales: number }[]
  book: BookStats
}

export type EnclaveStats = { signer: string; settlements: number; lastSettledAt: bigint }

/** @param since Unix seconds of block time, inclusive. */
export async function readActivityStats(db: Queryable, since: bigint): Promise<ActivityStats> {
  const [counts] = await db.$queryRaw<[Record<Exclude<keyof ActivityStats, 'volumes' | 'book'>, bigint>]>`
    SELECT count(*) FILTER (WHERE kind = 'AuctionCreated') AS auctions,
      count(*) FILTER (WHERE kind = 'BidPlaced') AS bids,
      count(*) FILTER (WHERE kind = 'BidCancelled') AS cancellations,
      count(DISTINCT account) FILTER (WHERE kind = 'BidPlaced') AS bidders,
      count(*) FILTER (WHERE kind = 'AuctionSettled') AS settlements,
      count(*) FILTER (WHERE kind = 'AuctionVoided') AS voided
    FROM events e JOIN blocks b ON b.hash = e.block_hash WHERE b.time >= ${since}`
  const volumes = await db.$queryRaw<{ token: string; paid: string; sales: bigint }[]>`
    SELECT a.payment_token AS token, sum(w.payment)::text AS paid, count(DISTINCT w.auction_id) AS sales
    FROM winners w JOIN blocks b ON b.hash = w.block_hash JOIN auctions a ON a.id = w.auction_id
    WHERE b.time >= ${since} AND a.status = 'SETTLED'
      AND w.round = (SELECT max(round) FROM settlements s WHERE s.auction_id = a.id)
    GROUP BY a.payment_token ORDER BY sales DESC, token`
  return {
    auctions: Number(counts.auctions),
    bids: Number(counts.bids),
    cancellations: Number(counts.cancellations),
    bidders: Number(counts.bidders),
    settlements: Number(counts.settlements),
    voided: Number(counts.voided),
    volumes: volumes.map(({ token, paid, sales }) => ({ token, paid: BigInt(paid), sales: Number(sales) })),
    book: await readBookStats(db, since),
  }
}

/** Who signed settlements, the busiest first. */
export async function readEnclaveStats(db: Queryable): Promise<EnclaveStats[]> {
  const rows = await db.$queryRaw<{ signer: string; settlements: bigint; last: bigint }[]>`
    SELECT s.signer, count(*) AS settlements, max(b.time) AS last
    FROM (
      SELECT signer, block_hash FROM settlements UNION ALL SELECT signer, block_hash FROM batch_settlements
    ) s JOIN blocks b ON b.hash = s.block_hash
    GROUP BY s.signer ORDER BY settlements DESC, s.signer`
  return rows.map(({ signer, settlements, last }) => ({
    signer,
    settlements: Number(settlements),
    lastSettledAt: last,
  }))
}
