import { z } from 'zod'
import { integritySchema } from './auction'
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

const count = z.int().nonnegative()

/** A batch's number, from 1, by the market's clock: those that nobody used have one, too. PROTOCOL.md section 11. */
export const batchIdSchema = z.int().nonnegative()

/**
 * A token as the market's creation found it; the zero address is the native coin. `symbol` and `decimals` are what the
 * token's contract says of itself, null where it says nothing that can be used.
 */
export const tokenSchema = z.object({
  address: addressSchema,
  symbol: z.string().nullable(),
  decimals: z.int().min(0).max(255).nullable(),
})

/**
 * The terms as created. `tickSize` in base units of quote per lot, `lotSize` in base units of base, times in seconds,
 * `feeBps` and `bandBps` in hundredths of a percent.
 */
export const marketParamsSchema = z.object({
  tickSize: bigNumberSchema,
  lotSize: bigNumberSchema,
  batchLength: uint32Schema,
  feeBps: z.int().nonnegative(),
  bandBps: z.int().nonnegative(),
  /** After a batch's end; unsettled then, it is void. */
  batchSettleBy: uint32Schema,
  challengeWindow: uint32Schema,
  /** Whose sealing keys orders are sealed to. */
  operator: addressSchema,
  /** An order of fewer lots is a bad order. */
  minLots: uint32Schema,
  /** Batches after its own in which an order may still trade. */
  maxOrderAge: uint32Schema,
})

/** What was traded in batches that are settled, final or not: `lots` counted once, `paid` in base units of quote. */
export const tradedSchema = z.object({ lots: bigNumberSchema, paid: bigNumberSchema, batches: count })

/** The batch that an order would be in, by chain time: it takes orders from `startsAt` on and until `endsAt`. */
export const batchClockSchema = z.object({ batchId: batchIdSchema, startsAt: timeSchema, endsAt: timeSchema })

/** `orders` and `cancellations` placed; `fills` of standing settlements; `traders` who ever placed an order. */
export const marketCountsSchema = z.object({
  batches: count,
  orders: count,
  cancellations: count,
  fills: count,
  traders: count,
})

/**
 * `lastPrice` in ticks, after the newest settlement that stands; null before any trade. `integrity`: the worst of its
 * batches'.
 */
export const marketSummarySchema = z.object({
  id: hashSchema,
  creator: addressSchema,
  base: tokenSchema,
  quote: tokenSchema,
  params: marketParamsSchema,
  startsAt: timeSchema,
  lastPrice: uint32Schema.nullable(),
  /** Batches that ended in the last 24 hours of chain time. */
  day: tradedSchema,
  all: tradedSchema,
  current: batchClockSchema,
  counts: marketCountsSchema,
  integrity: integritySchema,
  created: originSchema,
})

/**
 * The open batch: how many orders and cancellations it has so far, all sealed. `keyId`: the key that its orders are
 * sealed to, null while it has none: the contract names it, by the clock.
 */
export const openBatchSchema = batchClockSchema.extend({
  keyId: hashSchema.nullable(),
  orders: count,
  cancellations: count,
  /** Settled by then, or void. */
  settleBy: timeSchema,
})

/** Prices in ticks, both included, at which the next batch to be settled may clear; null: any. */
export const bandSchema = z.object({ low: uint32Schema, high: uint32Schema })

/**
 * `toSettle`, `toFinalize`: the first used batch that waits for a settlement, or for its challenge window and to be made
 * final; null for none. `round`: what the next settlement names; one more for each strike.
 */
export const marketDetailSchema = marketSummarySchema.extend({
  nonce: bigNumberSchema,
  batch: openBatchSchema,
  band: bandSchema.nullable(),
  round: uint32Schema,
  toSettle: batchIdSchema.nullable(),
  toFinalize: batchIdSchema.nullable(),
  /** Base units of quote that the creator was credited with. */
  feesEarned: bigNumberSchema,
})

export const marketListResponseSchema = z.object({
  markets: z.array(marketSummarySchema),
  nextCursor: nextCursorSchema,
  index: indexSchema,
})

export const marketResponseSchema = z.object({ market: marketDetailSchema, index: indexSchema })

/**
 * The batches that ended within `interval` seconds from `time` on, and traded: prices in ticks, `lots` and `paid` as in
 * a market's volume. `final`: none of them can be taken back any more.
 */
export const candleSchema = z.object({
  time: timeSchema,
  open: uint32Schema,
  high: uint32Schema,
  low: uint32Schema,
  close: uint32Schema,
  lots: bigNumberSchema,
  paid: bigNumberSchema,
  batches: count,
  final: z.boolean(),
})

/** The newest before the time asked for, oldest of them first. Spans in which nothing traded are left out. */
export const candlesResponseSchema = z.object({
  interval: uint32Schema,
  candles: z.array(candleSchema),
  index: indexSchema,
})

export type Token = z.infer<typeof tokenSchema>
export type MarketParams = z.infer<typeof marketParamsSchema>
export type MarketSummary = z.infer<typeof marketSummarySchema>
export type MarketDetail = z.infer<typeof marketDetailSchema>
export type MarketListResponse = z.infer<typeof marketListResponseSchema>
export type MarketResponse = z.infer<typeof marketResponseSchema>
export type Candle = z.infer<typeof candleSchema>
export type CandlesResponse = z.infer<typeof candlesResponseSchema>
