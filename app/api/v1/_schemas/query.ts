import { z } from 'zod'
import { lotKindSchema, phaseSchema, pricingRuleSchema, proofStateSchema } from './auction'
import { address, cursor, hash, limit, time, whole } from './queryParts'
import { streamKindSchema } from './stream'

/**
 * `newest`: last created first. `closing`: soonest close first. `closed`: latest close first. `bids`: most live bids
 * first.
 */
export const auctionSortSchema = z.enum(['newest', 'closing', 'closed', 'bids'])

export const auctionListQuerySchema = z.strictObject({
  phase: phaseSchema.optional(),
  rule: pricingRuleSchema.optional(),
  lotKind: lotKindSchema.optional(),
  paymentToken: address.optional(),
  seller: address.optional(),
  /** Auctions in which this address has placed a bid, standing or not. */
  bidder: address.optional(),
  closesAfter: time,
  closesBefore: time,
  q: z.string().trim().min(1).max(80).optional(),
  sort: auctionSortSchema.default('newest'),
  limit: limit(24),
  cursor,
})

export const bidListQuerySchema = z.strictObject({ bidder: address.optional(), limit: limit(100), cursor })

const settlementFilter = {
  signer: address.optional(),
  seller: address.optional(),
  rule: pricingRuleSchema.optional(),
  proof: proofStateSchema.optional(),
  settledAfter: time,
  settledBefore: time,
  q: z.string().trim().min(1).max(80).optional(),
}

export const settlementListQuerySchema = z.strictObject({ ...settlementFilter, limit: limit(24), cursor })

export const settlementExportQuerySchema = z.strictObject({
  ...settlementFilter,
  format: z.enum(['csv', 'json']).default('csv'),
})

export const settlementQuerySchema = z.strictObject({ round: whole(1, 0xffff_ffff).optional() })

export const accountQuerySchema = z.strictObject({ limit: limit(50), cursor })

export const emptyQuerySchema = z.strictObject({})

/** The id of an event of the stream: its number in the feed, and a mark of the database that it comes from. */
export const eventIdSchema = z.string().regex(/^(?:0|[1-9][0-9]{0,17})-[0-9a-f]{8}$/, 'must be an id of this stream')

const streamFilter = {
  auction: hash.optional(),
  market: hash.optional(),
  account: address.optional(),
  kinds: z
    .string()
    .max(600)
    .transform((list) => list.split(','))
    .pipe(z.array(streamKindSchema))
    .optional(),
}

/** `lastEventId` is for clients that cannot set the header `Last-Event-ID`. */
export const streamQuerySchema = z.strictObject({ ...streamFilter, lastEventId: eventIdSchema.optional() })

export const pollQuerySchema = z.strictObject({ ...streamFilter, after: eventIdSchema.optional(), limit: limit(100) })

export const auctionPathSchema = z.strictObject({ id: hash })

export const bundlePathSchema = z.strictObject({ proofHash: hash })

export const enclavePathSchema = z.strictObject({ keyId: hash })

export const accountPathSchema = z.strictObject({ address })

export type AuctionSort = z.infer<typeof auctionSortSchema>
export type AuctionListQuery = z.infer<typeof auctionListQuerySchema>
export type BidListQuery = z.infer<typeof bidListQuerySchema>
export type SettlementListQuery = z.infer<typeof settlementListQuerySchema>
export type AccountQuery = z.infer<typeof accountQuerySchema>
