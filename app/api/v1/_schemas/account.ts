import { z } from 'zod'
import { auctionSummarySchema, phaseSchema } from './auction'
import { bidSchema } from './bid'
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

export const activityKindSchema = z.enum([
  'AuctionCreated',
  'BidPlaced',
  'BidCancelled',
  'AuctionSettled',
  'BidWon',
  'BidOpened',
  'AuctionVoided',
  'BidClaimed',
  'LotClaimed',
  'ProceedsClaimed',
  'LotReclaimed',
  'Deposited',
  'Withdrawn',
])

/**
 * One contract event. `account` is the person it concerns, null where it concerns the auction alone. `amount` is in
 * base units of `token`: collateral, payment, refund, deposit.
 */
export const activitySchema = z.object({
  kind: activityKindSchema,
  auctionId: hashSchema.nullable(),
  account: addressSchema.nullable(),
  seq: uint32Schema.nullable(),
  token: addressSchema.nullable(),
  amount: bigNumberSchema.nullable(),
  origin: originSchema,
})

/** A bid together with its auction. */
export const accountBidSchema = z.object({ bid: bidSchema, auction: auctionSummarySchema })

/**
 * What an account has of one token, in base units. `available` can be withdrawn or bid with; `locked` is the collateral
 * of live bids; `claimable` what a claim would add to `available` now.
 */
export const balanceSchema = z.object({
  token: addressSchema,
  available: bigNumberSchema,
  locked: bigNumberSchema,
  claimable: bigNumberSchema,
})

/**
 * The collateral of a live bid that nobody has claimed yet. `payment` of it is owed for what was won. It can be claimed
 * from `unlocksAt` on: that is certain where `exact`, and otherwise the latest it can be (while an auction is open, a bid
 * can be cancelled at any time).
 */
export const lockSchema = z.object({
  auctionId: hashSchema,
  seq: uint32Schema,
  slot: z.int().nonnegative(),
  token: addressSchema,
  amount: bigNumberSchema,
  payment: bigNumberSchema,
  phase: phaseSchema,
  unlocksAt: timeSchema,
  exact: z.boolean(),
})

/** `BID`: collateral less payment credited. `LOT`, `LOT_RECLAIM`: lots sent to `receiver`. `PROCEEDS`: to the seller. */
export const claimSchema = z.object({
  kind: z.enum(['BID', 'LOT', 'PROCEEDS', 'LOT_RECLAIM']),
  auctionId: hashSchema,
  seq: uint32Schema.nullable(),
  token: addressSchema,
  amount: bigNumberSchema.nullable(),
  payment: bigNumberSchema.nullable(),
  lots: uint32Schema.nullable(),
  receiver: addressSchema.nullable(),
  origin: originSchema,
})

/**
 * `bids` are the account's newest bids, `wins` those of them all that won, `sales` its own auctions, `claims` what was
 * paid out to it, `locks` what it has locked, soonest unlock first, `activity` its newest events; each list holds at most
 * `limit`, and `nextCursor` continues `activity`. Counts are of everything; so are `balances`.
 */
export const accountResponseSchema = z.object({
  address: addressSchema,
  bidCount: z.int().nonnegative(),
  winCount: z.int().nonnegative(),
  saleCount: z.int().nonnegative(),
  lockCount: z.int().nonnegative(),
  claimCount: z.int().nonnegative(),
  balances: z.array(balanceSchema),
  locks: z.array(lockSchema),
  bids: z.array(accountBidSchema),
  wins: z.array(accountBidSchema),
  sales: z.array(auctionSummarySchema),
  claims: z.array(claimSchema),
  activity: z.array(activitySchema),
  nextCursor: nextCursorSchema,
  index: indexSchema,
})

export type Balance = z.infer<typeof balanceSchema>
export type Lock = z.infer<typeof lockSchema>
export type AccountClaim = z.infer<typeof claimSchema>
export type ActivityKind = z.infer<typeof activityKindSchema>
export type Activity = z.infer<typeof activitySchema>
export type AccountBid = z.infer<typeof accountBidSchema>
export type AccountResponse = z.infer<typeof accountResponseSchema>
