import { setImmediate } from 'node:timers/promises'
import type { Hex } from 'viem'
import type { Opening, SettlementWitness } from '../chain/bid'
import { toBid, type RebuiltBid } from '../chain/rebuildBids'
import { outcome, type Outcome } from '../protocol/auction/outcome'
import { hashSettlement, type AuctionSettlement } from '../protocol/auction/settlement'
import { winnersHash } from '../protocol/auction/winnersHash'
import { KIND, NO_SALE_PRICE, ZERO_HASH, isOneLotRule, pricingRuleAt } from '../protocol/constants'
import { SubrosaError } from '../protocol/errors'
import { judgeOpened, type Judgement } from '../protocol/sealing/judge'
import type { ClosedAuction } from './chainReader'
import type { EnclaveKeys, SealingKey } from './keys/enclaveKeys'
import { openSealed } from './open'

export type SignedSettlement = { settlement: AuctionSettlement; signature: Hex; witness: SettlementWitness }

/** Bids opened before others get a turn: a long auction must not silence `/health`. */
const BATCH = 16

/**
 * The outcome of a closed auction, signed. A pure function of the auction and the keys: asked twice, it gives the same
 * bytes, so there is no state to keep or to roll back. PROTOCOL.md section 7.
 *
 * @throws SubrosaError KEY_UNAVAILABLE where the auction is pinned to a key that is not this enclave's.
 */
export async function settleAuction(keys: EnclaveKeys, auction: ClosedAuction): Promise<SignedSettlement> {
  const sealingKey = await keys.sealingKey(auction.epoch)
  if (sealingKey.keyId !== auction.params.keyId) throw new SubrosaError('KEY_UNAVAILABLE')
  const judgements = await judgeBids(sealingKey, auction)
  const result = outcomeOf(auction, judgements)
  const settlement = settlementOf(auction, result)
  const signature = await keys.sign(hashSettlement(auction.domain, settlement))
  return { settlement, signature, witness: witnessOf(auction, result, judgements) }
}

/** Opens what is live, and nothing else: a withdrawn bid is nobody's business any more. */
async function judgeBids(sealingKey: SealingKey, auction: ClosedAuction): Promise<Map<number, Judgement>> {
  const { domain, id, params } = auction
  const context = { ...domain, keyId: params.keyId, kind: KIND.auction, id, closesAt: params.closesAt }
  const oneLot = isOneLotRule(pricingRuleAt(params.rule))
  const judgements = new Map<number, Judgement>()
  for (const { seq, bidder, x, y, sealed } of auction.bids.live) {
    const leaf = { context, trader: bidder, x, y, sealed }
    judgements.set(seq, judgeOpened(openSealed(sealingKey, leaf), { ...leaf, oneLot }))
    if (judgements.size % BATCH === 0) await setImmediate()
  }
  return judgements
}

function outcomeOf({ params, bids }: ClosedAuction, judgements: Map<number, Judgement>): Outcome {
  return outcome({
    rule: pricingRuleAt(params.rule),
    supply: params.supply,
    reserve: params.reserve,
    tickSize: params.tickSize,
    bids: bids.bids.map(({ seq, bidder, collateral, state }) => {
      const judgement = judgements.get(seq)
      return { seq, bidder, collateral, state, opening: judgement?.valid ? judgement : null }
    }),
  })
}

function settlementOf({ id, params, paramsHash, round, bids }: ClosedAuction, result: Outcome): AuctionSettlement {
  const winners = result.winners.map(({ seq, fill }) => ({ leaf: liveBid(bids.live, seq).leaf, fill }))
  return {
    id,
    paramsHash,
    acc: bids.acc,
    count: bids.count,
    round,
    reserve: params.reserve,
    reserveInvalid: false,
    clearingPrice: result.clearingPrice ?? NO_SALE_PRICE,
    totalFilled: result.totalFilled,
    winnersHash: winnersHash(winners),
    proofHash: ZERO_HASH,
  }
}

/** What is opened on chain: the winner (FIRST_PRICE), the runner-up (SECOND_PRICE). PROTOCOL.md section 7. */
function witnessOf(
  { params, bids }: ClosedAuction,
  { winners, runnerUpSeq }: Outcome,
  judgements: Map<number, Judgement>,
): SettlementWitness {
  const shown = winners.map(({ seq, fill }) => ({ bid: toBid(liveBid(bids.live, seq)), fill }))
  const open = (seq: number): Opening => {
    const judgement = judgements.get(seq)
    if (!judgement?.valid) throw new SubrosaError('INTERNAL', { details: `bid ${seq} ranks without an opening` })
    return { price: judgement.price, quantity: judgement.quantity, rho: judgement.rho }
  }
  const [winner] = winners
  if (!winner) return { winners: [], runnersUp: [], openings: [] }
  switch (pricingRuleAt(params.rule)) {
    case 'FIRST_PRICE':
      return { winners: shown, runnersUp: [], openings: [open(winner.seq)] }
    case 'SECOND_PRICE':
      if (runnerUpSeq === null) return { winners: shown, runnersUp: [], openings: [] }
      return { winners: shown, runnersUp: [toBid(liveBid(bids.live, runnerUpSeq))], openings: [open(runnerUpSeq)] }
    default:
      throw new SubrosaError('UNSUPPORTED_PARAMETER', { field: 'rule' })
  }
}

function liveBid(live: RebuiltBid[], seq: number): RebuiltBid {
  const bid = live.find((candidate) => candidate.seq === seq)
  if (!bid) throw new SubrosaError('INTERNAL', { details: `no live bid ${seq}` })
  return bid
}
