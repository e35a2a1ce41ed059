import { z } from 'zod'
import { phaseSchema } from './auction'

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'must be 0x and 40 hex digits')
const limit = (fallback: number) => z.coerce.number().int().min(1).max(100).default(fallback)
const cursor = z.string().min(1).max(300).optional()

/** `newest`: last created first. `closing`: soonest close first. `bids`: most live bids first. */
export const auctionSortSchema = z.enum(['newest', 'closing', 'bids'])

export const auctionListQuerySchema = z.strictObject({
  phase: phaseSchema.optional(),
  seller: address.optional(),
  /** Auctions in which this address has placed a bid, standing or not. */
  bidder: address.optional(),
  sort: auctionSortSchema.default('newest'),
  limit: limit(24),
  cursor,
})

export const bidListQuerySchema = z.strictObject({ bidder: address.optional(), limit: limit(100), cursor })

export const accountQuerySchema = z.strictObject({ limit: limit(50), cursor })

export const emptyQuerySchema = z.strictObject({})

export const auctionPathSchema = z.strictObject({
  id: z.string().regex(/^0x[0-9a-fA-F]{64}$/, 'must be 0x and 64 hex digits'),
})

export const accountPathSchema = z.strictObject({ address })

export type AuctionSort = z.infer<typeof auctionSortSchema>
export type AuctionListQuery = z.infer<typeof auctionListQuerySchema>
export type BidListQuery = z.infer<typeof bidListQuerySchema>
export type AccountQuery = z.infer<typeof accountQuerySchema>
