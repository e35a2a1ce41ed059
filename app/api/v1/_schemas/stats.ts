import { z } from 'zod'
import { addressSchema, bigNumberSchema, indexSchema, timeSchema } from './common'

const count = z.int().nonnegative()

/** What winners paid in one token, in base units, over `sales` settled auctions that sold something. */
export const volumeSchema = z.object({ token: addressSchema, paid: bigNumberSchema, sales: count })

/** What was traded in markets quoted in one token: `paid` in its base units, `fills` over `batches` that stand. */
export const marketVolumeSchema = z.object({
  token: addressSchema,
  paid: bigNumberSchema,
  fills: count,
  batches: count,
})

/** Of the order book. `settlements` count those taken back later, too. */
export const bookStatsSchema = z.object({
  markets: count,
  orders: count,
  cancellations: count,
  traders: count,
  settlements: count,
  voided: count,
  struck: count,
  volumes: z.array(marketVolumeSchema),
})

/** What happened from `since` on, by block time. `bidders` counts addresses, `bids` those placed, cancelled or not. */
export const statsWindowSchema = z.object({
  since: timeSchema,
  auctions: count,
  bids: count,
  cancellations: count,
  bidders: count,
  settlements: count,
  voided: count,
  volumes: z.array(volumeSchema),
  book: bookStatsSchema,
})

/** A signer of settlements, and how many of them, of auctions and of batches, the chain holds. */
export const enclaveStatsSchema = z.object({ signer: addressSchema, settlements: count, lastSettledAt: timeSchema })

/** `day` and `week` are the last 24 hours and 7 days before the chain's newest block. */
export const statsResponseSchema = z.object({
  chainTime: timeSchema,
  day: statsWindowSchema,
  week: statsWindowSchema,
  all: statsWindowSchema,
  enclaves: z.array(enclaveStatsSchema),
  index: indexSchema,
})

export type StatsWindow = z.infer<typeof statsWindowSchema>
export type StatsResponse = z.infer<typeof statsResponseSchema>
