import { isAddressEqual, recoverAddress } from 'viem/utils'
import { replayLeaves, type ReplayedBid, type ReplayedLeaves } from '../auction/replayLeaves'
import { hashParams } from '../auction/params'
import { hashSettlement } from '../auction/settlement'
import { winnersHash } from '../auction/winnersHash'
import { KIND, NO_MARGINAL_SEQ, NO_SALE_PRICE, PRICING_RULES, ZERO_HASH, isOneLotRule } from '../constants'
import { SubrosaError } from '../errors'
import { keyIdOf } from '../sealing/context'
import { opensCommitment } from '../sealing/judge'
import { paymentOf } from '../values'
import { check, type Check, type Finding } from './check'
import { isFirstPrice, sealContextOf, type ProofContext } from './context'
import type { SettlementEvidence, StoredOutcome } from './evidence'

/** `context` and `leaves` are null where the chain's part is too far off for proofs to be about anything. */
export interface ChainVerdict {
  checks: Check[]
  leaves: ReplayedLeaves | null
  context: ProofContext | null
}

function replay({ domain, settlement, leaves }: SettlementEvidence): ReplayedLeaves | string {
  try {
    return replayLeaves(domain, settlement.id, leaves, settlement)
  } catch (error) {
    return error instanceof SubrosaError && error.details !== undefined ? error.details : 'the leaves cannot be read'
  }
}

function wrongTerms({ domain, params, settlement }: SettlementEvidence): Finding {
  if (hashParams(domain, settlement.id, params) !== settlement.paramsHash) return 'the terms do not hash to paramsHash'
  const rule = PRICING_RULES[params.rule]
  if (!rule || !isOneLotRule(rule) || params.supply !== 1) return 'not an auction of one lot'
  if (params.sealedReserve !== ZERO_HASH) return 'a sealed reserve, which this verifier cannot check'
  if (settlement.reserveInvalid) return 'a public reserve declared invalid'
  return settlement.reserve === params.reserve ? null : 'the reserve is not that of the terms'
}

function wrongStorage({ settlement, marginalSeq, stored }: SettlementEvidence): Finding {
  if (!stored.isSettled) return 'storage holds no settlement'
  const settled: Record<Exclude<keyof StoredOutcome, 'isSettled'>, unknown> = { ...settlement, marginalSeq }
  const fields = ['acc', 'count', 'paramsHash', 'round', 'clearingPrice', 'totalFilled', 'marginalSeq'] as const
  const other = fields.filter((field) => settled[field] !== stored[field])
  return other.length === 0 ? null : `storage holds another ${other.join(', ')}`
}

async function signatureCheck({ domain, settlement, signature, signer }: SettlementEvidence): Promise<Check> {
  const name = 'signature'
  if (signature === null) {
    return { name, ok: true, detail: `not in the transaction's own data: the contract says that ${signer} signed` }
  }
  try {
    const recovered = await recoverAddress({ hash: hashSettlement(domain, settlement), signature })
    const wrong = isAddressEqual(recovered, signer) ? null : `signed by ${recovered}, not by ${signer}`
    return check(name, wrong, `signed by ${signer}`)
  } catch {
    return { name, ok: false, detail: 'no signature' }
  }
}

function wrongWinners(evidence: SettlementEvidence, bySeq: ReadonlyMap<number, ReplayedBid>): Finding {
  const { settlement, winners, marginalSeq } = evidence
  const leaves = winners.map(({ seq, fill }) => ({ leaf: bySeq.get(seq)?.leaf ?? ZERO_HASH, fill }))
  if (leaves.some(({ leaf }) => leaf === ZERO_HASH)) return 'a winner without a live bid'
  if (winnersHash(leaves) !== settlement.winnersHash) return 'the winners do not hash to winnersHash'
  const filled = winners.reduce((sum, { fill }) => sum + fill, 0)
  if (winners.length > 1 || winners.some(({ fill }) => fill !== 1) || filled !== settlement.totalFilled) {
    return 'the lots given do not add up to one at most'
  }
  return marginalSeq === (winners[0]?.seq ?? NO_MARGINAL_SEQ) ? null : 'marginalSeq is not the winner’s'
}

function wrongPayments(evidence: SettlementEvidence, bySeq: ReadonlyMap<number, ReplayedBid>): Finding {
  const { settlement, params, winners } = evidence
  for (const { seq, fill, payment } of winners) {
    if (payment !== paymentOf(settlement.clearingPrice, fill, params.tickSize)) return `bid ${seq} pays another sum`
    if (payment > (bySeq.get(seq)?.collateral ?? 0n)) return `bid ${seq} pays more than it locked`
  }
  return null
}

/** The price follows from what was opened, and what was opened is eligible. PROTOCOL.md sections 6 and 7. */
function wrongPrice(
  evidence: SettlementEvidence,
  context: ProofContext,
  bids: ReadonlyMap<number, ReplayedBid>,
): Finding {
  const { settlement, params, openings } = evidence
  const { winnerSeq } = context
  const [opened] = openings
  if (winnerSeq === null) {
    if (opened) return 'a bid was opened though nothing was sold'
    return settlement.clearingPrice === NO_SALE_PRICE ? null : 'a clearing price though nothing was sold'
  }
  const isFirst = isFirstPrice(params)
  if (openings.length > 1 || (isFirst && !opened)) return 'not the one opening that the rule asks for'
  if (!opened)
    return settlement.clearingPrice === params.reserve ? null : 'nobody lost, and the price is not the reserve'
  if (isFirst !== (opened.seq === winnerSeq)) return `bid ${opened.seq} is not the one to open`
  const bid = bids.get(opened.seq)
  if (!bid) return `bid ${opened.seq}, opened, is not a live one`
  const { price, quantity, rho } = opened
  if (price !== settlement.clearingPrice) return 'the clearing price is not that of the opened bid'
  if (quantity !== 1 || price === 0 || price < params.reserve) return `bid ${opened.seq}, opened, is not eligible`
  if (paymentOf(price, quantity, params.tickSize) > bid.collateral) return `bid ${opened.seq}, opened, is not covered`
  const plaintext = { version: 1, kind: KIND.auction, flags: 0, price, quantity, rho, minFill: 0, expiryBatch: 0 }
  const leaf = { context: sealContextOf(context), trader: bid.bidder, x: bid.x, y: bid.y }
  return opensCommitment(plaintext, leaf) ? null : `the opening of bid ${opened.seq} does not open its commitment`
}

function contextOf({ domain, params, settlement, sealingKey, winners, openings }: SettlementEvidence): ProofContext {
  const winnerSeq = winners[0]?.seq ?? null
  const openedSeq = openings[0]?.seq ?? null
  return { domain, params, settlement, sealingKey, winnerSeq, runnerUpSeq: openedSeq === winnerSeq ? null : openedSeq }
}

/** All that the chain alone decides about a settlement. PROTOCOL.md sections 5 to 7. */
export async function checkChain(evidence: SettlementEvidence): Promise<ChainVerdict> {
  const { settlement, params, sealingKey, signer, signerAdmitted } = evidence
  const terms = check('terms', wrongTerms(evidence), 'the terms hash to paramsHash, the reserve is theirs')
  const leaves = replay(evidence)
  const isReplayed = typeof leaves !== 'string'
  const right = `${settlement.count} leaves fold to the signed accumulator`
  const checks = [terms, check('leaves', isReplayed ? null : leaves, right)]
  checks.push(check('storage', wrongStorage(evidence), 'storage holds this accumulator and this outcome'))
  checks.push(await signatureCheck(evidence))
  const stranger = signerAdmitted ? null : `${signer} was not admitted for the auction’s key`
  checks.push(check('signer', stranger, `${signer} was admitted for the auction’s key when it settled`))
  const isKey = keyIdOf(sealingKey) === params.keyId
  checks.push(
    check('sealing-key', isKey ? null : 'the key is not the one that the terms pin', 'the key that the terms pin'),
  )
  if (!isReplayed) return { checks, leaves: null, context: null }
  const context = contextOf(evidence)
  const live = new Map(leaves.live.map((bid) => [bid.seq, bid]))
  const outcome = [
    check(
      'winners',
      wrongWinners(evidence, live),
      context.winnerSeq === null ? 'nobody won' : `bid ${context.winnerSeq} won`,
    ),
    check('payments', wrongPayments(evidence, live), 'what the winner pays is the price, and covered'),
    check('price', wrongPrice(evidence, context, live), 'the price follows from what was opened'),
  ]
  checks.push(...outcome)
  const isSound = [terms, ...outcome].every(({ ok }) => ok) && isKey
  return { checks, leaves, context: isSound ? context : null }
}
