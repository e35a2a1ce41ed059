import { z } from 'zod'
import {
  addressSchema,
  bigNumberSchema,
  hashSchema,
  hexSchema,
  indexSchema,
  nextCursorSchema,
  originSchema,
  uint32Schema,
} from './common'

export const bidStateSchema = z.enum(['live', 'cancelled', 'replaced'])

/** What the settlement gave a bid: lots, and the payment in base units. */
export const bidResultSchema = z.object({ fill: uint32Schema, payment: bigNumberSchema })

/** Base units credited back to the bidder, and kept as payment. */
export const bidClaimSchema = z.object({ refund: bigNumberSchema, payment: bigNumberSchema, origin: originSchema })

/** The public part of a bid. The blob is what the chain's event carries; only the enclave and its bidder can open it. */
export const bidSchema = z.object({
  kind: z.literal('bid'),
  seq: uint32Schema,
  slot: z.int().nonnegative(),
  bidder: addressSchema,
  /** Base units of the payment token. */
  collateral: bigNumberSchema,
  /** Ticks that rank the bid above its price, or below; 0 without a root of points and credits. PROTOCOL.md section 5. */
  points: z.int(),
  /** What the payment is lowered by, in ten-thousandths; 0 likewise. */
  creditBps: z.int().nonnegative(),
  /** Affine coordinates of the commitment. PROTOCOL.md section 3. */
  x: bigNumberSchema,
  y: bigNumberSchema,
  sealed: hexSchema,
  sealedHash: hashSchema,
  leaf: hashSchema,
  state: bidStateSchema,
  /** The seq of the cancellation that ended this bid. */
  cancelledBySeq: uint32Schema.nullable(),
  /** The seq of the bid that took this one's place. */
  replacedBySeq: uint32Schema.nullable(),
  won: bidResultSchema.nullable(),
  claim: bidClaimSchema.nullable(),
  origin: originSchema,
})

export const cancellationSchema = z.object({
  kind: z.literal('cancellation'),
  seq: uint32Schema,
  slot: z.int().nonnegative(),
  bidder: addressSchema,
  cancelledSeq: uint32Schema,
  leaf: hashSchema,
  origin: originSchema,
})

/** A leaf of the auction's accumulator: a bid or a cancellation. PROTOCOL.md section 5. */
export const leafSchema = z.discriminatedUnion('kind', [bidSchema, cancellationSchema])

/** Leaves by seq, oldest first: folding them all gives the auction's `acc`. */
export const bidListResponseSchema = z.object({
  leaves: z.array(leafSchema),
  nextCursor: nextCursorSchema,
  index: indexSchema,
})

export type BidState = z.infer<typeof bidStateSchema>
export type Bid = z.infer<typeof bidSchema>
export type Cancellation = z.infer<typeof cancellationSchema>
export type Leaf = z.infer<typeof leafSchema>
export type BidListResponse = z.infer<typeof bidListResponseSchema>
