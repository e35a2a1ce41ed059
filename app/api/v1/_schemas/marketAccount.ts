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
import { batchIdSchema, tokenSchema } from './market'

const count = z.int().nonnegative()

/** Base units of the market's two tokens. */
export const marginSchema = z.object({ base: bigNumberSchema, quote: bigNumberSchema })

/**
 * What the trader asked to take out. It can be paid into his vault balance once `batchId` is past and every used batch up
 * to it is final or void, as far as margin is left then. `due`: now, by anyone. `notBefore`: when that batch ends.
 */
export const withdrawalSchema = z.object({
  base: bigNumberSchema,
  quote: bigNumberSchema,
  batchId: batchIdSchema,
  notBefore: timeSchema,
  due: z.boolean(),
  origin: originSchema,
})

/**
 * One trader's money in one market. `final`: the contract's margin, to which final batches are applied. `pending`: with
 * the fills of settled batches that are not final yet, too. `free`: `pending` less what was asked to be taken out, which
 * is what an order of the current batch can count on. `balances`: in the book's vault, outside every market.
 */
export const marketMoneySchema = z.object({
  final: marginSchema,
  pending: marginSchema,
  free: marginSchema,
  withdrawal: withdrawalSchema.nullable(),
  balances: marginSchema,
})

export const marketActivityKindSchema = z.enum([
  'MarketCreated',
  'MarginDeposited',
  'WithdrawalRequested',
  'MarginWithdrawn',
  'OrderPlaced',
  'OrderCancelled',
  'AllCancelled',
  'Filled',
])

/**
 * Something that the trader did, or (`Filled`) that a settlement did for him. `base` and `quote`: base units that moved
 * or were asked for; a fill's are what it gave, with a minus for what it took, fee included. `leaf`: the order's.
 */
export const marketActivitySchema = z.object({
  kind: marketActivityKindSchema,
  batchId: batchIdSchema.nullable(),
  seq: uint32Schema.nullable(),
  leaf: hashSchema.nullable(),
  base: z.string().regex(/^(?:0|-?[1-9][0-9]{0,77})$/),
  quote: z.string().regex(/^(?:0|-?[1-9][0-9]{0,77})$/),
  origin: originSchema,
})

/** `activity` is newest first, and `nextCursor` continues it. An account that nobody has heard of has zeros. */
export const marketAccountResponseSchema = z.object({
  address: addressSchema,
  marketId: hashSchema,
  base: tokenSchema,
  quote: tokenSchema,
  money: marketMoneySchema,
  orderCount: count,
  fillCount: count,
  activity: z.array(marketActivitySchema),
  nextCursor: nextCursorSchema,
  index: indexSchema,
})

export type Margin = z.infer<typeof marginSchema>
export type MarketMoney = z.infer<typeof marketMoneySchema>
export type MarketActivity = z.infer<typeof marketActivitySchema>
export type MarketAccountResponse = z.infer<typeof marketAccountResponseSchema>
