import type { Queryable } from './client'
import { ZERO_HASH } from '../protocol/constants'
import type { Prisma } from './generated/client'
import { toBigint } from './numbers'
import { originOf, withBlock, type Origin } from './origin'

/** A settlement as signed and recorded. Prices in ticks; `NO_SALE_PRICE` and `NO_MARGINAL_SEQ` as on chain. */
export type SettlementRecord = ReturnType<typeof toSettlement>

export type WinnerRecord = {
  seq: number
  slot: number
  bidder: string
  fill: number
  /** Base units of the payment token. */
  payment: bigint
}

export type OpeningRecord = { seq: number; bidder: string; price: number; quantity: number; rho: string }

/** Everything that happened to an auction from its settlement on. Amounts in base units. */
export type OutcomeRecord = {
  winners: (WinnerRecord & { claimed: boolean; lotClaimed: boolean })[]
  openings: OpeningRecord[]
  proceedsClaimed: bigint | null
  lotsReclaimed: number
  voided: Origin | null
}

/**
 * Whether a settlement's proofs are here: `none` where it names none, `missing` where nobody had them so far. `bytes` is
 * null but where `available`.
 */
export type ProofRecord = { state: 'none' | 'missing' | 'available'; bytes: number | null }

/** What a query of settlements must include for `toSettlement`. */
export const settlementInclude = {
  ...withBlock,
  bundle: { select: { length: true } },
} satisfies Prisma.SettlementInclude

function proofOf({ proofHash, bundle }: { proofHash: string; bundle: { length: number | null } | null }): ProofRecord {
  if (proofHash === ZERO_HASH) return { state: 'none', bytes: null }
  return bundle ? { state: 'available', bytes: bundle.length } : { state: 'missing', bytes: null }
}

export function toSettlement(row: Prisma.SettlementGetPayload<{ include: typeof settlementInclude }>) {
  return {
    round: Number(row.round),
    signer: row.signer,
    acc: row.acc,
    count: Number(row.count),
    reserve: Number(row.reserve),
    reserveInvalid: row.reserveInvalid,
    clearingPrice: Number(row.clearingPrice),
    totalFilled: Number(row.totalFilled),
    winnersHash: row.winnersHash,
    proofHash: row.proofHash,
    proof: proofOf(row),
    marginalSeq: Number(row.marginalSeq),
    challengeUntil: row.challengeUntil,
    origin: originOf(row) satisfies Origin,
  }
}

/**
 * An auction's winners, public openings and payouts, each list by seq. Empty before the settlement.
 *
 * @param round Whose winners and openings; the newest's without it.
 */
export async function readOutcome(db: Queryable, auctionId: string, round?: number): Promise<OutcomeRecord> {
  const where = { auctionId: auctionId.toLowerCase() }
  const newest = await db.settlement.aggregate({ where, _max: { round: true } })
  const ofRound = { ...where, round: round === undefined ? (newest._max.round ?? 0n) : BigInt(round) }
  const [winners, openings, claims, voided] = await Promise.all([
    db.winner.findMany({ where: ofRound, orderBy: { seq: 'asc' } }),
    db.opening.findMany({ where: ofRound, orderBy: { seq: 'asc' } }),
    db.claim.findMany({ where }),
    db.event.findFirst({ where: { ...where, kind: 'AuctionVoided' }, include: withBlock }),
  ])
  const openers = await db.bid.findMany({
    where: { ...where, seq: { in: openings.map((opening) => opening.seq) } },
    select: { seq: true, bidder: true },
  })
  const bidderOf = new Map(openers.map((bid) => [bid.seq, bid.bidder]))
  const claimedSeqs = new Set(claims.filter((claim) => claim.kind === 'BID').map((claim) => claim.seq))
  const lotClaimants = new Set(claims.filter((claim) => claim.kind === 'LOT').map((claim) => claim.account))
  const proceeds = claims.find((claim) => claim.kind === 'PROCEEDS')?.amount
  const reclaims = claims.filter((claim) => claim.kind === 'LOT_RECLAIM')
  return {
    winners: winners.map((winner) => ({
      seq: Number(winner.seq),
      slot: winner.slot,
      bidder: winner.bidder,
      fill: Number(winner.fill),
      payment: toBigint(winner.payment),
      claimed: claimedSeqs.has(winner.seq),
      lotClaimed: lotClaimants.has(winner.bidder),
    })),
    openings: openings.map((opening) => ({
      seq: Number(opening.seq),
      bidder: bidderOf.get(opening.seq) ?? missing(opening.auctionId, opening.seq),
      price: Number(opening.price),
      quantity: Number(opening.quantity),
      rho: opening.rho,
    })),
    proceedsClaimed: proceeds ? toBigint(proceeds) : null,
    lotsReclaimed: reclaims.reduce((sum, claim) => sum + Number(claim.lots), 0),
    voided: voided && originOf(voided),
  }
}

function missing(auctionId: string, seq: bigint): never {
  throw new Error(`the index has an opening but no bid ${seq} of auction ${auctionId}`)
}
