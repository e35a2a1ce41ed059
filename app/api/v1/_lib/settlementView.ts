import type { SettlementEntryRecord } from '../../../../lib/db/settlementList'
import type { OpeningRecord, OutcomeRecord, SettlementRecord } from '../../../../lib/db/settlements'
import { salePriceOf } from '../../../../lib/protocol/auction/settlement'
import { NO_MARGINAL_SEQ } from '../../../../lib/protocol/constants'
import type { Opening, Settlement, Winner } from '../_schemas/auction'
import type { SettlementEntry } from '../_schemas/settlement'
import { toAddress, toHash, toOrigin } from './hex'

/** A settlement as its auction shows it. */
export function toSettlementView(settlement: SettlementRecord): Settlement {
  return {
    round: settlement.round,
    signer: toAddress(settlement.signer),
    reserve: settlement.reserve,
    reserveInvalid: settlement.reserveInvalid,
    clearingPrice: salePriceOf(settlement),
    totalFilled: settlement.totalFilled,
    marginalSeq: settlement.marginalSeq === NO_MARGINAL_SEQ ? null : settlement.marginalSeq,
    challengeUntil: Number(settlement.challengeUntil),
    winnersHash: toHash(settlement.winnersHash),
    proofHash: toHash(settlement.proofHash),
    proof: toProofView(settlement),
    origin: toOrigin(settlement.origin),
  }
}

function toProofView({ proof, proofHash }: SettlementRecord): Settlement['proof'] {
  return { ...proof, url: proof.state === 'available' ? `/api/v1/bundles/${toHash(proofHash)}` : null }
}

/** A settlement by itself, with what it settled. */
export function toSettlementEntry(entry: SettlementEntryRecord): SettlementEntry {
  return {
    ...toSettlementView(entry),
    auctionId: toHash(entry.auctionId),
    seller: toAddress(entry.seller),
    rule: entry.rule,
    paymentToken: toAddress(entry.paymentToken),
    tickSize: entry.tickSize.toString(),
    supply: entry.supply,
    acc: toHash(entry.acc),
    count: entry.count,
    paid: entry.paid.toString(),
  }
}

export function toWinnerView(winner: OutcomeRecord['winners'][number]): Winner {
  return { ...winner, bidder: toAddress(winner.bidder), payment: winner.payment.toString() }
}

export function toOpeningView(opening: OpeningRecord): Opening {
  return { ...opening, bidder: toAddress(opening.bidder), rho: toHash(opening.rho) }
}
