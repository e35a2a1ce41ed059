import { STATUS } from '../../../../lib/chain/auctionState'
import { phaseOf } from '../../../../lib/chain/phase'
import type { AuctionRecord } from '../../../../lib/db/auctions'
import type { OutcomeRecord } from '../../../../lib/db/settlements'
import type { AuctionDetail, AuctionSummary } from '../_schemas/auction'
import { toAddress, toHash, toOrigin } from './hex'
import { toOpeningView, toSettlementView, toWinnerView } from './settlementView'

const INTEGRITY = { UNVERIFIED: 'unverified', VERIFIED: 'verified', MISMATCH: 'mismatch' } as const

/**
 * An auction as lists show it.
 *
 * @param now Chain time that the phase is judged by.
 */
export function toAuctionSummary(auction: AuctionRecord, now: bigint): AuctionSummary {
  const { params } = auction
  return {
    id: toHash(auction.id),
    seller: toAddress(auction.seller),
    phase: phaseOf(
      {
        status: STATUS[auction.status],
        closesAt: params.closesAt,
        challengeUntil: auction.challengeUntil ?? 0n,
      },
      now,
    ),
    params: {
      ...params,
      lotToken: toAddress(params.lotToken),
      lotTokenId: params.lotTokenId.toString(),
      lotSize: params.lotSize.toString(),
      paymentToken: toAddress(params.paymentToken),
      tickSize: params.tickSize.toString(),
      sealedReserve: toHash(params.sealedReserve),
      collateral: params.collateral.toString(),
      allowListRoot: toHash(params.allowListRoot),
      keyId: toHash(params.keyId),
      closesAt: Number(params.closesAt),
      settleBy: Number(params.settleBy),
    },
    counts: { leaves: auction.leafCount, live: auction.liveCount, bidders: auction.bidderCount },
    settlement: auction.settlement && toSettlementView(auction.settlement),
    integrity: INTEGRITY[auction.integrity],
    created: toOrigin(auction.created),
  }
}

/** An auction with everything that is public about it. */
export function toAuctionDetail(auction: AuctionRecord, outcome: OutcomeRecord, now: bigint): AuctionDetail {
  return {
    ...toAuctionSummary(auction, now),
    nonce: auction.nonce.toString(),
    paramsHash: toHash(auction.paramsHash),
    acc: toHash(auction.acc),
    winners: outcome.winners.map(toWinnerView),
    openings: outcome.openings.map(toOpeningView),
    proceedsClaimed: outcome.proceedsClaimed?.toString() ?? null,
    lotsReclaimed: outcome.lotsReclaimed,
    voided: outcome.voided && toOrigin(outcome.voided),
  }
}
