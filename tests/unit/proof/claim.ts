import { bytesToHex } from 'viem/utils'
import { privateKeyToAccount, sign } from 'viem/accounts'
import { outcome, type Disposition } from '../../../lib/protocol/auction/outcome'
import { hashSettlement, type AuctionSettlement } from '../../../lib/protocol/auction/settlement'
import { winnersHash } from '../../../lib/protocol/auction/winnersHash'
import { NO_MARGINAL_SEQ, NO_SALE_PRICE, PRICING_RULES, ZERO_HASH } from '../../../lib/protocol/constants'
import { loadProofBackend } from '../../../lib/protocol/proof/backend'
import { bundleHash, encodeBundle, type BundleEntry } from '../../../lib/protocol/proof/bundle'
import type { ProofContext } from '../../../lib/protocol/proof/context'
import type { OpenedBid, SettlementEvidence } from '../../../lib/protocol/proof/evidence'
import { makeProof, planProofs, type JudgedBid } from '../../../lib/protocol/proof/proveSettlement'
import { domain, judge, sealingKey, secrets, type World } from './world'
import { freshBytes } from '../../fixtures/freshBytes'

export const backend = await loadProofBackend()
const signerKey = `0x${'5a'.repeat(32)}` as const
const signer = privateKeyToAccount(signerKey).address

/** What an enclave claims, true or not. */
export type Claim = {
  winnerSeq: number | null
  /** Ticks; NO_SALE_PRICE where nothing was sold. */
  price: number
  /** What it opens on chain. */
  opened: OpenedBid[]
  /** What it says of each live bid, by seq. */
  dispositions: Map<number, Exclude<Disposition, 'cancelled'>>
}

/** What section 6 makes of the auction. */
export function honestClaim(world: World): Claim {
  const { rule, reserve, tickSize } = world.params
  const bids = world.live.map((bid) => {
    const judgement = judge(world, bid)
    return { ...bid, opening: judgement.valid ? judgement : null }
  })
  const result = outcome({ rule: PRICING_RULES[rule]!, supply: 1, reserve, tickSize, bids })
  const winnerSeq = result.winners[0]?.seq ?? null
  const openedSeq = rule === 0 ? winnerSeq : result.runnerUpSeq
  return {
    winnerSeq,
    price: result.clearingPrice ?? NO_SALE_PRICE,
    opened: openedSeq === null ? [] : [openingOf(world, openedSeq)],
    dispositions: new Map(
      bids.map(({ seq }, index) => [seq, result.dispositions[index] as Exclude<Disposition, 'cancelled'>]),
    ),
  }
}

/** A bid's opening, as its bidder made it. */
export function openingOf(world: World, seq: number): OpenedBid {
  return { seq, ...world.committed.get(seq)! }
}

/** The settlement that says what is claimed, signed or not. */
export function settlementOf(world: World, claim: Claim, changes: Partial<AuctionSettlement> = {}): AuctionSettlement {
  const won = world.live.filter(({ seq }) => seq === claim.winnerSeq)
  return {
    ...{ id: world.id, paramsHash: world.paramsHash, acc: world.acc, count: world.count, round: 1 },
    ...{ reserve: world.params.reserve, reserveInvalid: false, clearingPrice: claim.price },
    totalFilled: claim.winnerSeq === null ? 0 : 1,
    winnersHash: winnersHash(won.map(({ leaf }) => ({ leaf, fill: 1 }))),
    proofHash: ZERO_HASH,
    ...changes,
  }
}

export function contextOf(world: World, claim: Claim, changes: Partial<AuctionSettlement> = {}): ProofContext {
  const openedSeq = claim.opened[0]?.seq ?? null
  return {
    ...{ domain, params: world.params, settlement: settlementOf(world, claim, changes) },
    ...{ sealingKey: bytesToHex(sealingKey), winnerSeq: claim.winnerSeq },
    runnerUpSeq: openedSeq === claim.winnerSeq ? null : openedSeq,
  }
}

/** The live bids as a prover takes them, with what is claimed of each. Openings are what was committed to. */
export function judgedBids(world: World, claim: Claim): JudgedBid[] {
  return world.live.map((bid) => {
    const disposition = claim.dispositions.get(bid.seq)!
    return { ...bid, opening: disposition === 'invalid' ? null : world.committed.get(bid.seq)!, disposition }
  })
}

/** The proofs that a claim takes, as far as what it says is true. `leaveOut`: bids whose proofs the test makes itself. */
export function proofsOf(
  world: World,
  claim: Claim,
  { leaveOut = [], changes = {} }: { leaveOut?: number[]; changes?: Partial<AuctionSettlement> } = {},
): BundleEntry[] {
  const context = contextOf(world, claim, changes)
  return planProofs(context, judgedBids(world, claim))
    .filter(({ bid }) => !leaveOut.includes(bid.seq))
    .map((task) => makeProof(backend, context, secrets, task, freshBytes))
    .filter((entry) => entry !== null)
}

/** Bytes of a bundle: entries are put in order, as any cheater would. */
export function bundleOf(world: World, entries: BundleEntry[], round = 1): Uint8Array {
  const sorted = [...entries].sort((a, b) => a.seq - b.seq || a.row - b.row)
  return encodeBundle({ auction: world.id, round, entries: sorted })
}

/**
 * Puts a claim and a bundle on the chain as it would be if the contract had taken it: hashes, signature and storage are
 * all made to agree, so that only what is claimed can be wrong.
 */
export async function publish(
  world: World,
  claim: Claim,
  bundle: Uint8Array | null,
  changes: Partial<AuctionSettlement> = {},
): Promise<SettlementEvidence> {
  const proofHash = bundle ? bundleHash(bundle) : ZERO_HASH
  const settlement = settlementOf(world, claim, { proofHash, ...changes })
  const marginalSeq = claim.winnerSeq ?? NO_MARGINAL_SEQ
  const { acc, count, paramsHash, round, clearingPrice, totalFilled } = settlement
  const payment = BigInt(claim.price) * world.params.tickSize
  return {
    ...{ domain, params: world.params, leaves: world.leaves, settlement, signer, marginalSeq, bundle },
    winners: claim.winnerSeq === null ? [] : [{ seq: claim.winnerSeq, fill: 1, payment }],
    openings: claim.opened,
    signature: await sign({ hash: hashSettlement(domain, settlement), privateKey: signerKey, to: 'hex' }),
    signerAdmitted: true,
    sealingKey: bytesToHex(sealingKey),
    stored: { acc, count, paramsHash, round, clearingPrice, totalFilled, marginalSeq, isSettled: true },
  }
}

/** An honest settlement of an auction, whole. */
export async function settleHonestly(world: World): Promise<SettlementEvidence> {
  const claim = honestClaim(world)
  return publish(world, claim, bundleOf(world, proofsOf(world, claim)))
}
