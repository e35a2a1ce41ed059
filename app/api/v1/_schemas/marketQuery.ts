import { z } from 'zod'
import { address, cursor, hash, limit, time, whole } from './queryParts'

/** The largest batch number that the contract can hold. */
const MOST_BATCHES = 2 ** 48 - 1

/** Seconds that a candle may span. */
const INTERVALS: readonly number[] = [10, 30, 60, 300, 900, 3_600, 14_400, 86_400]

/** `newest`: last created first. `active`: most batches that traded first. */
export const marketSortSchema = z.enum(['newest', 'active'])

export const marketListQuerySchema = z.strictObject({
  base: address.optional(),
  quote: address.optional(),
  creator: address.optional(),
  /** Markets in which this address has margin, orders or a withdrawal. */
  trader: address.optional(),
  sort: marketSortSchema.default('active'),
  limit: limit(24),
  cursor,
})

export const batchListQuerySchema = z.strictObject({
  /** Only batches in which something traded. */
  traded: z.enum(['true', 'false']).optional(),
  limit: limit(50),
  cursor,
})

export const batchQuerySchema = z.strictObject({ limit: limit(100), cursor })

export const candlesQuerySchema = z.strictObject({
  interval: whole(10, 86_400)
    .refine((seconds) => INTERVALS.includes(seconds), `must be one of ${INTERVALS.join(', ')}`)
    .default(60),
  /** The candle before which the answer ends: to look further back. */
  before: time,
  limit: whole(1, 500).default(200),
})

export const tradesQuerySchema = z.strictObject({ trader: address.optional(), limit: limit(50), cursor })

export const orderListQuerySchema = z.strictObject({ trader: address.optional(), limit: limit(50), cursor })

export const marketAccountQuerySchema = z.strictObject({ limit: limit(50), cursor })

export const marketPathSchema = z.strictObject({ id: hash })

export const batchPathSchema = z.strictObject({
  id: hash,
  batchId: z
    .string()
    .regex(/^[1-9][0-9]{0,14}$/, 'must be a batch’s number')
    .pipe(z.coerce.number<string>().int().max(MOST_BATCHES, `must be at most ${MOST_BATCHES}`)),
})

export const marketAccountPathSchema = z.strictObject({ id: hash, address })

export type MarketSort = z.infer<typeof marketSortSchema>
export type MarketListQuery = z.infer<typeof marketListQuerySchema>
export type BatchListQuery = z.infer<typeof batchListQuerySchema>
export type CandlesQuery = z.infer<typeof candlesQuerySchema>
export type OrderListQuery = z.infer<typeof orderListQuerySchema>
