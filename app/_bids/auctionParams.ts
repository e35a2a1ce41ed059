import { PRICING_RULES } from '../../lib/protocol/constants'
import type { AuctionParams } from '../../lib/protocol/auction/params'
import type { AuctionSummary } from '../api/v1/_schemas/auction'

export const LOT_KINDS = ['ERC721', 'ERC1155', 'ERC20'] as const
export const COLLATERAL_POLICIES = ['UNIFORM', 'CHOSEN'] as const
export const NO_SETTLEMENT_POLICIES = ['REFUND', 'REVEAL'] as const

/** An auction's terms as the contract has them, from the API's words and decimal strings. */
export function paramsFromApi(params: AuctionSummary['params']): AuctionParams {
  return {
    ...params,
    rule: PRICING_RULES.indexOf(params.rule),
    lotKind: LOT_KINDS.indexOf(params.lotKind),
    lotTokenId: BigInt(params.lotTokenId),
    lotSize: BigInt(params.lotSize),
    tickSize: BigInt(params.tickSize),
    collateralPolicy: COLLATERAL_POLICIES.indexOf(params.collateralPolicy),
    collateral: BigInt(params.collateral),
    closesAt: BigInt(params.closesAt),
    settleBy: BigInt(params.settleBy),
    noSettlement: NO_SETTLEMENT_POLICIES.indexOf(params.noSettlement),
  }
}
