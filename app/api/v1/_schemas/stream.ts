import { z } from 'zod'
import { activityKindSchema } from './account'
import { addressSchema, hashSchema, timeSchema, uint32Schema } from './common'
import { batchIdSchema } from './market'

/** Events of the registry of enclaves; those of a signer have it as `account`. */
const REGISTRY_KINDS = ['SealingKeyRegistered', 'SignerAdmitted', 'SealingKeyRetired', 'SealingKeyRevoked'] as const

/**
 * A contract event; `ProofPublished`: a settlement's proofs can be had from now on; `CarriedPublished`: the list of
 * what became of a batch's orders can; `Block`: a block without any event;
 * `Rollback`: every block above `blockNumber` was taken back.
 */
export const streamKindSchema = z.enum([
  ...activityKindSchema.options,
  ...REGISTRY_KINDS,
  'ProofPublished',
  'CarriedPublished',
  'Block',
  'Rollback',
])

/** One change of the index. `account` is the person it concerns; `time` is when it was indexed, in Unix seconds. */
export const streamEventSchema = z.object({
  id: z.string(),
  kind: streamKindSchema,
  auctionId: hashSchema.nullable(),
  marketId: hashSchema.nullable(),
  batchId: batchIdSchema.nullable(),
  account: addressSchema.nullable(),
  seq: uint32Schema.nullable(),
  blockNumber: z.int().nonnegative(),
  blockHash: hashSchema.nullable(),
  time: timeSchema,
})

/**
 * The stream's events as JSON. `reset`: what came after the given id is no longer known, so whatever was built on it is
 * to be read again. Ask again with `lastEventId`; at once where `more`.
 */
export const pollResponseSchema = z.object({
  events: z.array(streamEventSchema),
  reset: z.boolean(),
  more: z.boolean(),
  lastEventId: z.string(),
})

export type StreamKind = z.infer<typeof streamKindSchema>
export type StreamEvent = z.infer<typeof streamEventSchema>
export type PollResponse = z.infer<typeof pollResponseSchema>
