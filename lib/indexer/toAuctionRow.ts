import type { AuctionEventOf } from '../chain/events'
import type { EventRows } from '../db/insertRows'
import { toDecimal } from '../db/numbers'
import { ZERO_HASH, pricingRuleAt } from '../protocol/constants'

const LOT_KINDS = ['ERC721', 'ERC1155', 'ERC20'] as const
const COLLATERAL_POLICIES = ['UNIFORM', 'CHOSEN'] as const
const NO_SETTLEMENT_POLICIES = ['REFUND', 'REVEAL'] as const

/** A new auction's row, without a leaf yet. */
export function toAuctionRow(event: AuctionEventOf<'AuctionCreated'>): EventRows['auctions'][number] {
  const { params } = event
  return {
    id: event.id.toLowerCase(),
    blockHash: event.blockHash,
    logIndex: event.logIndex,
    blockNumber: event.blockNumber,
    transactionHash: event.transactionHash,
    seller: event.seller.toLowerCase(),
    nonce: toDecimal(event.nonce),
    paramsHash: event.paramsHash,
    rule: pricingRuleAt(params.rule),
    lotKind: named(LOT_KINDS, params.lotKind),
    lotToken: params.lotToken.toLowerCase(),
    lotTokenId: toDecimal(params.lotTokenId),
    lotSize: toDecimal(params.lotSize),
    supply: params.supply,
    paymentToken: params.paymentToken.toLowerCase(),
    tickSize: toDecimal(params.tickSize),
    reserve: params.reserve,
    sealedReserve: params.sealedReserve,
    collateralPolicy: named(COLLATERAL_POLICIES, params.collateralPolicy),
    collateral: toDecimal(params.collateral),
    maxBids: params.maxBids,
    bidsPerAddress: params.bidsPerAddress,
    allowListRoot: params.allowListRoot,
    keyId: params.keyId,
    closesAt: params.closesAt,
    settleBy: params.settleBy,
    challengeWindow: params.challengeWindow,
    noSettlement: named(NO_SETTLEMENT_POLICIES, params.noSettlement),
    revealWindow: params.revealWindow,
    acc: ZERO_HASH,
  }
}

function named<Name extends string>(names: readonly Name[], index: number): Name {
  const name = names[index]
  if (name === undefined) throw new RangeError(`the contract's enum has no number ${index}: ${names.join(', ')}`)
  return name
}
