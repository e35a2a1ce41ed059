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
import { batchIdSchema, tokenSchema } from './market'
import { marketMoneySchema } from './marketAccount'

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
  'MarketCreated',
  'MarginDeposited',
  'WithdrawalRequested',
  'MarginWithdrawn',
  'OrderPlaced',
  'OrderCancelled',
  'AllCancelled',
  'BatchSettled',
  'BatchVoided',
  'BatchFinalized',
  'BatchStruck',
])

/** Which contract: both have a vault. */
export const roomSchema = z.enum(['auctions', 'book'])

/**
 * One contract event. `account` is the person it concerns, null where it concerns the auction alone. `amount` is in
 * base units of `token`: collateral, payment, refund, deposit; where both of a market's tokens may move, `base` and
 * `quote` say how much of each.
 */
export const activitySchema = z.object({
  kind: activityKindSchema,
  room: roomSchema,
  auctionId: hashSchema.nullable(),
  marketId: hashSchema.nullable(),
  batchId: batchIdSchema.nullable(),
  account: addressSchema.nullable(),
  seq: uint32Schema.nullable(),
  token: addressSchema.nullable(),
  amount: bigNumberSchema.nullable(),
  base: bigNumberSchema.nullable(),
  quote: bigNumberSchema.nullable(),
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

/** Base units of one token in the book's vault, outside every market. */
export const bookBalanceSchema = z.object({ token: addressSchema, available: bigNumberSchema })

/** An account's money in one market. */
export const accountMarketSchema = z.object({
  marketId: hashSchema,
  base: tokenSchema,
  quote: tokenSchema,
  money: marketMoneySchema.omit({ balances: true }),
})

/** `balances` can be withdrawn or made margin; `markets` are those with margin or orders, at most `limit` of `count`. */
export const accountBookSchema = z.object({
  balances: z.array(bookBalanceSchema),
  markets: z.array(accountMarketSchema),
  count: z.int().nonnegative(),
})

/**
 * `bids` are the account's newest bids, `wins` those of them all that won, `sales` its own auctions, `claims` what was
 * paid out to it, `locks` what it has locked, soonest unlock first, `activity` its newest events; each list holds at most
 * `limit`, and `nextCursor` continues `activity`. Counts are of everything; so are `balances`, which are the auctions'.
 * `book` is what it has in the order book.
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
  book: accountBookSchema,
  activity: z.array(activitySchema),
  nextCursor: nextCursorSchema,
  index: indexSchema,
})

export type Balance = z.infer<typeof balanceSchema>
export type AccountBook = z.infer<typeof accountBookSchema>
export type Lock = z.infer<typeof lockSchema>
export type AccountClaim = z.infer<typeof claimSchema>
export type ActivityKind = z.infer<typeof activityKindSchema>
export type Activity = z.infer<typeof activitySchema>
export type AccountBid = z.infer<typeof accountBidSchema>
export type AccountResponse = z.infer<typeof accountResponseSchema>
