import { z } from 'zod'

/** 32 bytes as lower-case hex. */
export const hashSchema = z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{64}$/)])

/** Any byte string as lower-case hex. */
export const hexSchema = z.templateLiteral(['0x', z.string().regex(/^(?:[0-9a-f]{2})*$/)])

/** An address as answers carry it: with its EIP-55 checksum. */
export const addressSchema = z.templateLiteral(['0x', z.string().regex(/^[0-9a-fA-F]{40}$/)])

/** An unsigned integer that may exceed 2^53, as a decimal string: money in base units, uint64 and wider. */
export const bigNumberSchema = z.string().regex(/^(?:0|[1-9][0-9]{0,77})$/)

/** Unix seconds, in chain time. */
export const timeSchema = z.int().nonnegative()

export const uint32Schema = z.int().min(0).max(0xffff_ffff)

/** Where on the chain something happened. */
export const originSchema = z.object({
  blockNumber: z.int().nonnegative(),
  blockHash: hashSchema,
  transactionHash: hashSchema,
  logIndex: z.int().nonnegative(),
  time: timeSchema,
})

/**
 * How far the index behind an answer is: the whole answer is the state after block `blockNumber` (`blockHash`, `time`).
 * `head` and `headTime` are those of the chain's newest block when the indexer last looked, which was `ageSeconds` ago by
 * the server's clock, in steps of 15 s. `stale`: the indexer has stopped, or is more than a minute behind.
 */
export const indexSchema = z.object({
  blockNumber: z.int().nonnegative(),
  blockHash: hashSchema,
  time: timeSchema,
  head: z.int().nonnegative(),
  headTime: timeSchema,
  lagBlocks: z.int().nonnegative(),
  lagSeconds: z.int().nonnegative(),
  ageSeconds: z.int().nonnegative(),
  stale: z.boolean(),
})

/** The opaque place to continue a list from; null at its end. */
export const nextCursorSchema = z.string().nullable()

export type Origin = z.infer<typeof originSchema>
export type IndexState = z.infer<typeof indexSchema>
