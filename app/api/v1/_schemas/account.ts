import { z } from 'zod'
import { auctionSummarySchema } from './auction'
import { bidSchema } from './bid'
import {
  addressSchema,
  bigNumberSchema,
  hashSchema,
  indexSchema,
  nextCursorSchema,
  originSchema,
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
 * `bids` are the account's newest bids, `wins` those of them all that won, `activity` its newest events; each list holds
 * at most `limit`, and `nextCursor` continues `activity`. `bidCount` and `winCount` are the full counts.
 */
export const accountResponseSchema = z.object({
  address: addressSchema,
  bidCount: z.int().nonnegative(),
  winCount: z.int().nonnegative(),
  bids: z.array(accountBidSchema),
  wins: z.array(accountBidSchema),
  activity: z.array(activitySchema),
  nextCursor: nextCursorSchema,
  index: indexSchema,
})

export type ActivityKind = z.infer<typeof activityKindSchema>
export type Activity = z.infer<typeof activitySchema>
export type AccountBid = z.infer<typeof accountBidSchema>
export type AccountResponse = z.infer<typeof accountResponseSchema>
