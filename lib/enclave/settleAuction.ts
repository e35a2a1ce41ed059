import type { Hex } from 'viem'
import type { Opening, SettlementWitness } from '../chain/bid'
import { outcome, type Outcome } from '../protocol/auction/outcome'
import { bidLeaf } from '../protocol/auction/leaf'
import { hashSettlement, type AuctionSettlement } from '../protocol/auction/settlement'
import { winnersHash } from '../protocol/auction/winnersHash'
import { KIND, NO_SALE_PRICE, ZERO_HASH, isOneLotRule, pricingRuleAt } from '../protocol/constants'
import { SubrosaError } from '../protocol/errors'
import { PackedOutcomeBid } from './bids/outcomeBid'
import type { ClosedAuction } from './chainReader'
import type { EnclaveKeys } from './keys/enclaveKeys'
import { openBids, type OnProgress, type Openings } from './opening/openBids'
import type { Threads } from './opening/pool'
import type { BundleStore } from './proving/bundleStore'
import { makeBundle } from './proving/makeBundle'

export type SignedSettlement = { settlement: AuctionSettlement; signature: Hex; witness: SettlementWitness }

/** `bundle`: the proofs that `proofHash` names; null where there are too many bids to prove. */
export type ProvenSettlement = { signed: SignedSettlement; bundle: Uint8Array | null }

/** What settling takes beside the auction. */
export type Settler = {
  keys: EnclaveKeys
  threads: Threads
  /** Where proofs are that were made before, and are kept once made. */
  bundles?: Pick<BundleStore, 'find' | 'keep'>
  onProgress?: OnProgress
  /** Once, when every bid is open. */
  onOpened?: () => void
  onProof?: OnProgress
  /** Before anything of it is anywhere else. */
  onSigned?: (signed: SignedSettlement) => Promise<void>
}

/**
 * The outcome of a closed auction, proven and signed. A pure function of the auction and the keys: asked twice, it gives the same
 * bytes, so there is no state to keep or to roll back. PROTOCOL.md section 7.
 *
 * @throws SubrosaError KEY_UNAVAILABLE where the auction is pinned to a key that is not this enclave's.
 */
export async function settleAuction(settler: Settler, closed: ClosedAuction): Promise<ProvenSettlement> {
  const { keys, threads, bundles, onProgress, onOpened, onProof, onSigned } = settler
  const { domain, auction, params, bids } = closed
  const { publicKey, privateKey, keyId } = await keys.sealingKey(closed.epoch)
  if (keyId !== params.keyId) throw new SubrosaError('KEY_UNAVAILABLE')
  const context = { ...domain, keyId, kind: KIND.auction, id: auction.id, closesAt: params.closesAt }
  const oneLot = isOneLotRule(pricingRuleAt(params.rule))
  const openings = await openBids(threads, { key: { publicKey, privateKey }, context, oneLot, bids }, onProgress)
  onOpened?.()
  const result = outcomeOf(closed, openings)
  const unproven = settlementOf(closed, result)
  const secrets = await keys.proofSecrets(closed.epoch)
  const task = { closed, openings, result, settlement: unproven, sealingKey: publicKey, secrets }
  const statement = hashSettlement(domain, unproven)
  const kept = await bundles?.find(statement, secrets.nonceSecret)
  const proven = kept ?? (await makeBundle(threads, task, onProof))
  const settlement = { ...unproven, proofHash: proven?.proofHash ?? ZERO_HASH }
  const signature = await keys.sign(hashSettlement(domain, settlement))
  const signed = { settlement, signature, witness: witnessOf(closed, result, openings) }
  await onSigned?.(signed)
  // Its disk is its host's.
  if (proven && !kept) await bundles?.keep(statement, secrets.nonceSecret, proven)
  return { signed, bundle: proven?.bundle ?? null }
}

function outcomeOf({ params, bids }: ClosedAuction, openings: Openings): Outcome {
  return outcome({
    rule: pricingRuleAt(params.rule),
    supply: params.supply,
    reserve: params.reserve,
    tickSize: params.tickSize,
    bids: Array.from({ length: bids.size }, (_, position) => new PackedOutcomeBid(bids, openings, position)),
  })
}

function settlementOf({ domain, auction, params, bids }: ClosedAuction, result: Outcome): AuctionSettlement {
  const { id, paramsHash, acc, count, round } = auction
  const winners = result.winners.map(({ seq, fill }) => {
    const leaf = bidLeaf(domain, { id, ...bids.at(bids.positionOf(seq)) })
    return { leaf, fill }
  })
  return {
    ...{ id, paramsHash, acc, count, round },
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
  openings: Openings,
): SettlementWitness {
  const bidOf = (seq: number) => bids.at(bids.positionOf(seq))
  const open = (seq: number): Opening => {
    const opening = openings.at(bids.positionOf(seq))
    if (!opening) throw new SubrosaError('INTERNAL', { details: `bid ${seq} ranks without an opening` })
    return opening
  }
  const shown = winners.map(({ seq, fill }) => ({ bid: bidOf(seq), fill }))
  const [winner] = winners
  if (!winner) return { winners: [], runnersUp: [], openings: [] }
  switch (pricingRuleAt(params.rule)) {
    case 'FIRST_PRICE':
      return { winners: shown, runnersUp: [], openings: [open(winner.seq)] }
    case 'SECOND_PRICE':
      if (runnerUpSeq === null) return { winners: shown, runnersUp: [], openings: [] }
      return { winners: shown, runnersUp: [bidOf(runnerUpSeq)], openings: [open(runnerUpSeq)] }
    default:
      throw new SubrosaError('UNSUPPORTED_PARAMETER', { field: 'rule' })
  }
}
