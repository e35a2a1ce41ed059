import { z } from 'zod'
import { openingSchema, pricingRuleSchema, settlementSchema, winnerSchema } from './auction'
import { addressSchema, bigNumberSchema, hashSchema, indexSchema, nextCursorSchema, uint32Schema } from './common'

/** A settlement with what it settled. `acc` and `count` are those that were signed; `paid` is what the winners pay. */
export const settlementEntrySchema = settlementSchema.extend({
  auctionId: hashSchema,
  seller: addressSchema,
  rule: pricingRuleSchema,
  paymentToken: addressSchema,
  tickSize: bigNumberSchema,
  supply: uint32Schema,
  acc: hashSchema,
  count: uint32Schema,
  paid: bigNumberSchema,
})

/** With winners and openings of its own round. */
export const settlementDetailSchema = settlementEntrySchema.extend({
  winners: z.array(winnerSchema),
  openings: z.array(openingSchema),
})

/** The JSON file of an export. */
export const settlementExportSchema = z.object({ settlements: z.array(settlementEntrySchema) })

/** Not JSON: bytes. */
export const bundleFileSchema = z.instanceof(Uint8Array)

/** Newest first. */
export const settlementListResponseSchema = z.object({
  settlements: z.array(settlementEntrySchema),
  nextCursor: nextCursorSchema,
  index: indexSchema,
})

export const settlementResponseSchema = z.object({ settlement: settlementDetailSchema, index: indexSchema })

export type SettlementEntry = z.infer<typeof settlementEntrySchema>
export type SettlementDetail = z.infer<typeof settlementDetailSchema>
export type SettlementListResponse = z.infer<typeof settlementListResponseSchema>
export type SettlementResponse = z.infer<typeof settlementResponseSchema>
