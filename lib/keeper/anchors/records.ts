import { z } from 'zod'
import { decodeAnchor } from '../../protocol/anchor'
import { address, bytes, count, decimal, hash } from '../fields'

/**
 * Which settlements are anchored where: a contract on its chain, an account on the other. `origin`, `anchorOrigin`: hash
 * of the deployment's first block, and of the other chain's.
 */
const identity = z.object({ chainId: count, contract: address, origin: hash, anchorOrigin: hash, account: hash })
export type AnchorIdentity = z.output<typeof identity>

/** The bytes of an anchor, which are its name as well. */
const anchor = bytes.refine((value) => decodeAnchor(value) !== null)

const signed = z.object({
  type: z.literal('signed'),
  bytes: anchor,
  ...{ raw: bytes, hash, nonce: count, firstBlock: decimal, lastBlock: decimal },
})
export type SignedAnchor = z.output<typeof signed>

const anchored = z.object({
  type: z.literal('anchored'),
  ...{ bytes: anchor, number: decimal, hash, index: count, succeeded: z.boolean().nullable() },
})
export type AnchoredRecord = z.output<typeof anchored>

/**
 * One line of the journal. `read`: the last final block whose settlements it has. `due`: one to be anchored. `signed`:
 * written before it is first sent. `dropped`: that transaction can no longer get into any block.
 */
const record = z.discriminatedUnion('type', [
  z.object({ type: z.literal('identity'), version: z.literal(1), ...identity.shape }),
  z.object({ type: z.literal('read'), block: decimal }),
  z.object({ type: z.literal('due'), bytes: anchor }),
  signed,
  z.object({ type: z.literal('dropped'), bytes: anchor, hash }),
  anchored,
])
export type AnchorRecord = z.output<typeof record>

/** @returns undefined where the line is not a record. */
export function parseAnchorRecord(line: string): AnchorRecord | undefined {
  try {
    return record.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
