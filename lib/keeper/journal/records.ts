import { z } from 'zod'
import { address, bytes, count, decimal, hash } from '../fields'

/** Which chain, contract and account a journal is about. `origin`: hash of the deployment's first block. */
export const identitySchema = z.object({ chainId: count, contract: address, account: address, origin: hash })
export type JournalIdentity = z.output<typeof identitySchema>

/** A signed transaction, written before it is first sent. Everything in it is public once it is. */
const signed = z.object({
  type: z.literal('signed'),
  nonce: count,
  /** The task's key; empty where the nonce is only to be used up. */
  task: z.string(),
  kind: z.string(),
  hash,
  to: address,
  data: bytes,
  value: decimal,
  method: z.string(),
  gas: decimal,
  maxFeePerGas: decimal,
  maxPriorityFeePerGas: decimal,
  /** Newest block at that time. */
  head: decimal,
  /** Milliseconds since 1970. */
  at: count,
})
export type SignedRecord = z.output<typeof signed>

const mined = z.object({
  type: z.literal('mined'),
  nonce: count,
  hash,
  blockNumber: decimal,
  blockHash: hash,
  succeeded: z.boolean(),
  gasUsed: decimal,
  gasPrice: decimal,
})
export type MinedRecord = z.output<typeof mined>

/**
 * One line of the journal. `unmined`: a reorganisation took the transaction out of its block. `closed`: its nonce is
 * used for good. `paused`, `resumed`: a task that failed, and until when (milliseconds since 1970) it is left alone.
 * `lots`: how often an auction's lots reverted in blocks.
 */
export const recordSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('identity'), version: z.literal(1), ...identitySchema.shape }),
  signed,
  mined,
  z.object({ type: z.literal('unmined'), nonce: count }),
  z.object({ type: z.literal('closed'), nonce: count }),
  z.object({ type: z.literal('paused'), task: z.string(), failures: count, until: count }),
  z.object({ type: z.literal('resumed'), task: z.string() }),
  z.object({ type: z.literal('lots'), id: hash, reverts: count }),
])
export type JournalRecord = z.output<typeof recordSchema>

/** @returns undefined where the line is not a record. */
export function parseRecord(line: string): JournalRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
