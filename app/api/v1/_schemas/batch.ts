import { z } from 'zod'
import { integritySchema } from './auction'
import {
  addressSchema,
  bigNumberSchema,
  hashSchema,
  hexSchema,
  indexSchema,
  nextCursorSchema,
  originSchema,
  timeSchema,
  uint32Schema,
} from './common'
import { batchIdSchema } from './market'

const count = z.int().nonnegative()

/**
 * `open`: takes orders. `waiting`: ended and not settled. `settled`: can still be challenged, or waits to be made final.
 * `final`: applied to margins. `void`: nobody settled it in time, nothing traded. `struck`: its settlement was taken
 * back, and it waits for another one. By chain time. PROTOCOL.md section 11.
 */
export const batchStatusSchema = z.enum(['open', 'waiting', 'settled', 'final', 'void', 'struck'])

/**
 * What an enclave signed. `price` in ticks: without fills the last price after the batch, null before any trade. `lots`
 * counted once, `paid` in base units of quote, without fees.
 */
export const batchSettlementSchema = z.object({
  round: uint32Schema,
  signer: addressSchema,
  price: uint32Schema.nullable(),
  lots: bigNumberSchema,
  paid: bigNumberSchema,
  fillCount: count,
  acc: hashSchema,
  count: uint32Schema,
  challengeUntil: timeSchema,
  fillsHash: hashSchema,
  carriedHash: hashSchema,
  /** Whether the list that `carriedHash` names is here. */
  listed: z.boolean(),
  proofHash: hashSchema,
  origin: originSchema,
})

/**
 * A batch that somebody used. `acc` and `leaves` are of the indexed orders and cancellations; `integrity` says whether
 * they are the contract's. `settlement`: the one that stands. `strikes`: settlements of it that were taken back.
 */
export const batchSchema = z.object({
  batchId: batchIdSchema,
  status: batchStatusSchema,
  startsAt: timeSchema,
  endsAt: timeSchema,
  /** Unsettled then, it is void; later where a strike gave it more time. */
  settleBy: timeSchema,
  keyId: hashSchema.nullable(),
  leaves: uint32Schema,
  orders: uint32Schema,
  cancellations: uint32Schema,
  acc: hashSchema,
  integrity: integritySchema,
  settlement: batchSettlementSchema.nullable(),
  strikes: count,
  /** `fees` in base units of quote, from both sides. */
  finalized: z.object({ fees: bigNumberSchema, origin: originSchema }).nullable(),
  voided: originSchema.nullable(),
})

/** Newest first. */
export const batchListResponseSchema = z.object({
  batches: z.array(batchSchema),
  nextCursor: nextCursorSchema,
  index: indexSchema,
})

/**
 * What a batch gave one order: `sell` is its side, public from here on. `payment` and `fee` in base units of quote: a
 * buyer pays both, a seller gets payment less fee. `placedIn`: the batch that the order was placed in.
 */
export const fillSchema = z.object({
  batchId: batchIdSchema,
  leaf: hashSchema,
  placedIn: batchIdSchema.nullable(),
  trader: addressSchema,
  sell: z.boolean(),
  lots: uint32Schema,
  price: uint32Schema,
  payment: bigNumberSchema,
  fee: bigNumberSchema,
  /** False: the batch can still be struck. */
  final: z.boolean(),
  /** When the batch ended: its orders trade as of then. */
  time: timeSchema,
  origin: originSchema,
})

/** Newest batch first; in a batch, by leaf. */
export const tradesResponseSchema = z.object({
  trades: z.array(fillSchema),
  nextCursor: nextCursorSchema,
  index: indexSchema,
})

/** The public part of an order. The blob is what the chain's event carries; only the enclave and its trader can open it. */
export const orderLeafSchema = z.object({
  kind: z.literal('order'),
  batchId: batchIdSchema,
  seq: uint32Schema,
  trader: addressSchema,
  keyId: hashSchema,
  /** Affine coordinates of the commitment. PROTOCOL.md section 3. */
  x: bigNumberSchema,
  y: bigNumberSchema,
  sealed: hexSchema,
  sealedHash: hashSchema,
  leaf: hashSchema,
  /** From this batch on it does not trade; null where nobody cancelled it. */
  cancelledIn: batchIdSchema.nullable(),
  /** Lots, over all batches whose settlement stands. */
  filled: bigNumberSchema,
  origin: originSchema,
})

export const orderCancellationSchema = z.object({
  kind: z.literal('cancellation'),
  batchId: batchIdSchema,
  seq: uint32Schema,
  trader: addressSchema,
  /** The order's leaf; zeros for all orders that the trader placed in earlier batches. */
  cancelledLeaf: hashSchema,
  leaf: hashSchema,
  origin: originSchema,
})

/** A leaf of the batch's accumulator. */
export const batchLeafSchema = z.discriminatedUnion('kind', [orderLeafSchema, orderCancellationSchema])

/** A settlement that was taken back, and where. */
export const struckSettlementSchema = batchSettlementSchema.extend({ struck: originSchema })

/**
 * One batch. `leaves` are a page of its orders and cancellations by seq, which `nextCursor` continues: folding them all
 * gives `acc`. `fills` are all of the standing settlement's, by leaf.
 */
export const batchResponseSchema = z.object({
  batch: batchSchema,
  struck: z.array(struckSettlementSchema),
  fills: z.array(fillSchema),
  leaves: z.array(batchLeafSchema),
  nextCursor: nextCursorSchema,
  index: indexSchema,
})

/** The names of `DISPOSITION`, in the order of its numbers. */
const reasonSchema = z.enum([
  ...(['rests', 'filled', 'ended', 'cancelled', 'expired', 'invalid', 'selfTrade', 'uncovered'] as const),
  ...([
    'tooManyConditional',
    'fillOrKill',
    'minFillRests',
    'minFillEnded',
    'cutRests',
    'cutEnded',
    'unopened',
    'crowdedOutRests',
    'crowdedOutEnded',
    'tooOld',
  ] as const),
])

/**
 * What became of one order in a batch. `filled` in lots, over all batches so far; `disposition` as the hash has it, and
 * `reason` its name: `rests`, `minFillRests`, `cutRests`, `crowdedOutRests` and `unopened` go on into the next batch. PROTOCOL.md section 11.
 */
export const carriedOrderSchema = z.object({
  leaf: hashSchema,
  filled: uint32Schema,
  disposition: z.int().nonnegative(),
  reason: reasonSchema,
})

/** `round` and `carriedHash` are the standing settlement's. */
export const carriedResponseSchema = z.object({
  batchId: batchIdSchema,
  round: uint32Schema,
  carriedHash: hashSchema,
  carried: z.array(carriedOrderSchema),
  index: indexSchema,
})

/** An order with what every batch gave it, oldest first. `cancellation` null where nobody cancelled it. */
export const orderSchema = z.object({
  order: orderLeafSchema,
  cancellation: orderCancellationSchema.nullable(),
  fills: z.array(fillSchema),
})

/** Newest first. */
export const orderListResponseSchema = z.object({
  orders: z.array(orderSchema),
  nextCursor: nextCursorSchema,
  index: indexSchema,
})

export type BatchStatus = z.infer<typeof batchStatusSchema>
export type BatchSettlementView = z.infer<typeof batchSettlementSchema>
export type Batch = z.infer<typeof batchSchema>
export type BatchListResponse = z.infer<typeof batchListResponseSchema>
export type BatchResponse = z.infer<typeof batchResponseSchema>
export type BatchLeaf = z.infer<typeof batchLeafSchema>
export type OrderLeaf = z.infer<typeof orderLeafSchema>
export type OrderCancellation = z.infer<typeof orderCancellationSchema>
export type FillView = z.infer<typeof fillSchema>
export type CarriedResponse = z.infer<typeof carriedResponseSchema>
export type TradesResponse = z.infer<typeof tradesResponseSchema>
export type Order = z.infer<typeof orderSchema>
export type OrderListResponse = z.infer<typeof orderListResponseSchema>
