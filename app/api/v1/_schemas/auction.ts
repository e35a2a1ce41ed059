import { z } from 'zod'
import {
  addressSchema,
  bigNumberSchema,
  hashSchema,
  indexSchema,
  nextCursorSchema,
  originSchema,
  timeSchema,
  uint32Schema,
} from './common'

/** PROTOCOL.md section 5, in chain time: closed from `closesAt`, final from `challengeUntil`. */
export const phaseSchema = z.enum(['open', 'closed', 'settled', 'final', 'voided'])

export const pricingRuleSchema = z.enum(['FIRST_PRICE', 'SECOND_PRICE', 'UNIFORM_PRICE', 'PAY_AS_BID'])
export const lotKindSchema = z.enum(['ERC721', 'ERC1155', 'ERC20'])
export const collateralPolicySchema = z.enum(['UNIFORM', 'CHOSEN'])
export const noSettlementPolicySchema = z.enum(['REFUND', 'REVEAL'])

/**
 * `none`: the settlement names no bundle. `missing`: it names one that nobody had when the indexer asked; it asks again.
 * `available`: the bundle is here, and is the one named; what it proves is for whoever checks it. PROTOCOL.md section 8.
 */
export const proofStateSchema = z.enum(['none', 'missing', 'available'])

/** Where the proofs are: `bytes` and `url` (of this API) are null where they are not available. */
export const proofSchema = z.object({
  state: proofStateSchema,
  bytes: z.int().nonnegative().nullable(),
  url: z.string().nullable(),
})

/**
 * Whether the indexed leaves fold to the accumulator and count in the contract's storage. `unverified`: not compared
 * yet since the newest leaf. `mismatch`: the index is wrong about this auction; trust the chain.
 */
export const integritySchema = z.enum(['verified', 'unverified', 'mismatch'])

/** The parameters as created: `reserve` in ticks, `collateral` and `tickSize` in base units of `paymentToken`. */
export const auctionParamsSchema = z.object({
  rule: pricingRuleSchema,
  lotKind: lotKindSchema,
  lotToken: addressSchema,
  lotTokenId: bigNumberSchema,
  lotSize: bigNumberSchema,
  supply: uint32Schema,
  paymentToken: addressSchema,
  tickSize: bigNumberSchema,
  reserve: uint32Schema,
  sealedReserve: hashSchema,
  collateralPolicy: collateralPolicySchema,
  collateral: bigNumberSchema,
  maxBids: uint32Schema,
  bidsPerAddress: z.int().nonnegative(),
  allowListRoot: hashSchema,
  keyId: hashSchema,
  closesAt: timeSchema,
  settleBy: timeSchema,
  challengeWindow: uint32Schema,
  noSettlement: noSettlementPolicySchema,
  revealWindow: uint32Schema,
})

/** `clearingPrice` in ticks, null: no sale. `marginalSeq` null: supply did not run out. */
export const settlementSchema = z.object({
  round: uint32Schema,
  signer: addressSchema,
  reserve: uint32Schema,
  reserveInvalid: z.boolean(),
  clearingPrice: uint32Schema.nullable(),
  totalFilled: uint32Schema,
  marginalSeq: uint32Schema.nullable(),
  challengeUntil: timeSchema,
  winnersHash: hashSchema,
  proofHash: hashSchema,
  proof: proofSchema,
  origin: originSchema,
})

/** `leaves` counts bids and cancellations, as the contract's `count`; `live` the bids that still stand. */
export const auctionCountsSchema = z.object({
  leaves: uint32Schema,
  live: uint32Schema,
  bidders: uint32Schema,
})

export const auctionSummarySchema = z.object({
  id: hashSchema,
  seller: addressSchema,
  phase: phaseSchema,
  params: auctionParamsSchema,
  counts: auctionCountsSchema,
  settlement: settlementSchema.nullable(),
  integrity: integritySchema,
  created: originSchema,
})

/** An opening made public by the settlement. */
export const openingSchema = z.object({
  seq: uint32Schema,
  bidder: addressSchema,
  price: uint32Schema,
  quantity: uint32Schema,
  rho: hashSchema,
})

/** `payment` in base units. `claimed`: the collateral less the payment was credited. `lotClaimed`: the lot was sent. */
export const winnerSchema = z.object({
  seq: uint32Schema,
  slot: z.int().nonnegative(),
  bidder: addressSchema,
  fill: uint32Schema,
  payment: bigNumberSchema,
  claimed: z.boolean(),
  lotClaimed: z.boolean(),
})

export const auctionDetailSchema = auctionSummarySchema.extend({
  nonce: bigNumberSchema,
  paramsHash: hashSchema,
  acc: hashSchema,
  winners: z.array(winnerSchema),
  openings: z.array(openingSchema),
  /** Base units credited to the seller; null until claimed. */
  proceedsClaimed: bigNumberSchema.nullable(),
  /** Lots sent back to the seller. */
  lotsReclaimed: uint32Schema,
  voided: originSchema.nullable(),
})

export const auctionListResponseSchema = z.object({
  auctions: z.array(auctionSummarySchema),
  nextCursor: nextCursorSchema,
  index: indexSchema,
})

export const auctionResponseSchema = z.object({
  auction: auctionDetailSchema,
  index: indexSchema,
})

export type Phase = z.infer<typeof phaseSchema>
export type AuctionSummary = z.infer<typeof auctionSummarySchema>
export type AuctionDetail = z.infer<typeof auctionDetailSchema>
export type Settlement = z.infer<typeof settlementSchema>
export type Winner = z.infer<typeof winnerSchema>
export type Opening = z.infer<typeof openingSchema>
export type AuctionListResponse = z.infer<typeof auctionListResponseSchema>
export type AuctionResponse = z.infer<typeof auctionResponseSchema>
