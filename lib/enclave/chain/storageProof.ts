import { RLP } from '@ethereumjs/rlp'
import { bytesToHex, keccak256, pad, type Address, type Hex } from 'viem'
import { z } from 'zod'
import { TrieNodes } from './trie'

/** A proof node is a branch at most: 17 hashes and their lengths. */
const node = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2}){1,1024}$/)
  .transform((value) => value as Hex)
const nodes = z.array(node).max(70)

/** `eth_getProof`, as far as it is used: what it says beside the proofs is not read. */
const proofSchema = z.object({
  accountProof: nodes,
  storageProof: z.array(z.object({ proof: nodes })),
})

/** Root of a trie without a leaf. */
const EMPTY_ROOT = keccak256(RLP.encode(''))
const ZERO = pad('0x', { size: 32 })

/**
 * Values of storage slots (32 bytes each), proven against a block's state root.
 *
 * @param answer What a node answered to `eth_getProof` for `address` and `slots`.
 * @returns null where it is no proof of all of them: of an account that has no storage, or forged.
 */
export function provenStorage(
  answer: unknown,
  { stateRoot, address, slots }: { stateRoot: Hex; address: Address; slots: readonly Hex[] },
): Hex[] | null {
  const parsed = proofSchema.safeParse(answer)
  if (!parsed.success || parsed.data.storageProof.length !== slots.length) return null
  const { accountProof, storageProof } = parsed.data
  const known = new TrieNodes()
  known.add(accountProof)
  for (const { proof } of storageProof) known.add(proof)
  try {
    const storageRoot = storageRootOf(known, stateRoot, address)
    return storageRoot && slots.map((slot) => slotValue(known, storageRoot, slot))
  } catch {
    return null
  }
}

/** Null where the proof shows that there is no such account. */
function storageRootOf(known: TrieNodes, stateRoot: Hex, address: Address): Hex | null {
  const account = known.get(stateRoot, address)
  if (!account) return null
  const fields = RLP.decode(account)
  const root = Array.isArray(fields) && fields.length === 4 ? fields[2] : undefined
  if (!(root instanceof Uint8Array) || root.length !== 32) throw new Error('an account is four fields')
  return bytesToHex(root)
}

function slotValue(known: TrieNodes, storageRoot: Hex, slot: Hex): Hex {
  const stored = storageRoot === EMPTY_ROOT ? null : known.get(storageRoot, slot)
  if (!stored) return ZERO
  const value = RLP.decode(stored)
  if (!(value instanceof Uint8Array) || value.length > 32) throw new Error('a slot holds 32 bytes')
  return pad(bytesToHex(value), { size: 32 })
}
