import type { Queryable } from './client'
import { toBigint } from './numbers'
import { originOf, withBlock, type Origin } from './origin'

/** Base units of one token: free in the vault; collateral of live bids; what claims would add to the first now. */
export type BalanceRecord = { token: string; available: bigint; locked: bigint; claimable: bigint }

/** The collateral of a live bid that is not claimed yet; `payment` of it is owed for what was won. */
export type LockRecord = {
  auctionId: string
  seq: number
  slot: number
  token: string
  amount: bigint
  payment: bigint
  status: 'OPEN' | 'SETTLED' | 'VOIDED'
  closesAt: bigint
  settleBy: bigint
  challengeWindow: bigint
  challengeUntil: bigint | null
}

export type ClaimRecord = {
  kind: 'BID' | 'LOT' | 'PROCEEDS' | 'LOT_RECLAIM'
  auctionId: string
  seq: number | null
  token: string
  amount: bigint | null
  payment: bigint | null
  lots: number | null
  receiver: string | null
  origin: Origin
}

type LockRow = Omit<LockRecord, 'seq' | 'amount' | 'payment' | 'available'> & {
  seq: bigint
  amount: string
  payment: string
}

/**
 * Everything an account has locked: its live bids that nobody has claimed.
 *
 * The payment is that of the settlement that stands; earlier rounds' winners (PROTOCOL.md section 9) owe nothing.
 */
export async function listLocks(db: Queryable, account: string): Promise<LockRecord[]> {
  const rows = await db.$queryRaw<LockRow[]>`
    SELECT b.auction_id AS "auctionId", b.seq, l.slot, a.payment_token AS token, b.collateral::text AS amount,
      COALESCE((SELECT sum(w.payment) FROM winners w WHERE a.status = 'SETTLED' AND w.auction_id = b.auction_id
        AND w.seq = b.seq AND w.round = (SELECT max(round) FROM settlements s WHERE s.auction_id = a.id)), 0)::text AS payment,
      a.status::text AS status, a.closes_at AS "closesAt", a.settle_by AS "settleBy",
      a.challenge_window AS "challengeWindow", a.challenge_until AS "challengeUntil"
    FROM bids b
    JOIN leaves l ON l.auction_id = b.auction_id AND l.seq = b.seq
    JOIN auctions a ON a.id = b.auction_id
    WHERE b.bidder = ${account.toLowerCase()} AND b.state = 'LIVE' AND NOT EXISTS (
      SELECT 1 FROM claims c WHERE c.auction_id = b.auction_id AND c.kind = 'BID' AND c.seq = b.seq)`
  return rows.map((row) => ({
    ...row,
    seq: Number(row.seq),
    amount: BigInt(row.amount),
    payment: BigInt(row.payment),
  }))
}

/**
 * What is free in the vault, by token, from the same events that moved it: deposits and what was credited, less
 * withdrawals and the collateral of bids that were not taken back.
 */
export async function readAvailable(db: Queryable, account: string): Promise<Map<string, bigint>> {
  const rows = await db.$queryRaw<{ token: string; available: string }[]>`
    SELECT token, sum(amount)::text AS available FROM (
      SELECT token, CASE kind WHEN 'Withdrawn' THEN -amount ELSE amount END AS amount FROM events
      WHERE account = ${account.toLowerCase()} AND room = 'AUCTIONS'
        AND kind IN ('Deposited', 'Withdrawn', 'BidClaimed', 'ProceedsClaimed')
      UNION ALL
      SELECT a.payment_token, -b.collateral FROM bids b JOIN auctions a ON a.id = b.auction_id
      WHERE b.bidder = ${account.toLowerCase()} AND b.state = 'LIVE'
    ) moved GROUP BY token ORDER BY token`
  return new Map(rows.map(({ token, available }) => [token, BigInt(available)]))
}

/** Proceeds that an account's final auctions hold for it, by token. @param now Chain time. */
export async function readUnclaimedProceeds(db: Queryable, seller: string, now: bigint): Promise<Map<string, bigint>> {
  const rows = await db.$queryRaw<{ token: string; amount: string }[]>`
    SELECT a.payment_token AS token, sum(w.payment)::text AS amount
    FROM auctions a JOIN winners w ON w.auction_id = a.id
      AND w.round = (SELECT max(round) FROM settlements s WHERE s.auction_id = a.id)
    WHERE a.seller = ${seller.toLowerCase()} AND a.status = 'SETTLED' AND a.challenge_until <= ${now} AND NOT EXISTS (
      SELECT 1 FROM claims c WHERE c.auction_id = a.id AND c.kind = 'PROCEEDS')
    GROUP BY a.payment_token`
  return new Map(rows.map(({ token, amount }) => [token, BigInt(amount)]))
}

/** An account's newest payouts, and how many there are. */
export async function listClaims(
  db: Queryable,
  account: string,
  limit: number,
): Promise<{ claims: ClaimRecord[]; count: number }> {
  const where = { account: account.toLowerCase() }
  const rows = await db.claim.findMany({
    where,
    orderBy: [{ block: { number: 'desc' } }, { logIndex: 'desc' }],
    take: limit,
    include: { ...withBlock, auction: { select: { paymentToken: true } } },
  })
  return {
    claims: rows.map((row) => ({
      kind: row.kind,
      auctionId: row.auctionId,
      seq: row.seq === null ? null : Number(row.seq),
      token: row.auction.paymentToken,
      amount: row.amount && toBigint(row.amount),
      payment: row.payment && toBigint(row.payment),
      lots: row.lots === null ? null : Number(row.lots),
      receiver: row.receiver,
      origin: originOf(row),
    })),
    count: await db.claim.count({ where }),
  }
}
