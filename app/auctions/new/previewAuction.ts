import { zeroHash, type Address } from 'viem'
import type { AuctionParams } from '../../../lib/protocol/auction/params'
import { PRICING_RULES } from '../../../lib/protocol/constants'
import { COLLATERAL_POLICIES, LOT_KINDS, NO_SETTLEMENT_POLICIES } from '../../_bids/auctionParams'
import type { AuctionSummary } from '../../api/v1/_schemas/auction'

/** An auction as it will be once it is open, for the same cards and terms that bidders see. It has no number yet. */
export function previewAuction(params: AuctionParams, seller: Address, now: number): AuctionSummary {
  const origin = { blockNumber: 0, blockHash: zeroHash, transactionHash: zeroHash, logIndex: 0, time: now }
  return {
    id: zeroHash,
    seller,
    phase: 'open',
    params: {
      ...params,
      rule: PRICING_RULES[params.rule] ?? 'FIRST_PRICE',
      lotKind: LOT_KINDS[params.lotKind] ?? 'ERC721',
      lotTokenId: params.lotTokenId.toString(),
      lotSize: params.lotSize.toString(),
      tickSize: params.tickSize.toString(),
      collateralPolicy: COLLATERAL_POLICIES[params.collateralPolicy] ?? 'UNIFORM',
      collateral: params.collateral.toString(),
      closesAt: Number(params.closesAt),
      settleBy: Number(params.settleBy),
      noSettlement: NO_SETTLEMENT_POLICIES[params.noSettlement] ?? 'REFUND',
    },
    counts: { leaves: 0, live: 0, bidders: 0 },
    settlement: null,
    integrity: 'verified',
    created: origin,
  }
}
