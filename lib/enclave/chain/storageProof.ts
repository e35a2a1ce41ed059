import { verifyMerkleProof } from '@ethereumjs/mpt'
import { RLP } from '@ethereumjs/rlp'
import { bytesToHex, hexToBytes, keccak256, pad, type Address, type Hex } from 'viem'
import { z } from 'zod'

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

/**
 * Values of storage slots (32 bytes each), proven against a block's state root.
 *
 * @param answer What a node answered to `eth_getProof` for `address` and `slots`.
 * @returns null where it is no proof of all of them: of an account that has no storage, or forged.
 */
export async function provenStorage(
  answer: unknown,
  { stateRoot, address, slots }: { stateRoot: Hex; address: Address; slots: readonly Hex[] },
): Promise<Hex[] | null> {
  const parsed = proofSchema.safeParse(answer)
  if (!parsed.success || parsed.data.storageProof.length !== slots.length) return null
  const { accountProof, storageProof } = parsed.data
  try {
    const storageRoot = await storageRootOf(stateRoot, address, accountProof)
    if (!storageRoot) return null
    const values = slots.map((slot, index) => slotValue(storageRoot, slot, storageProof[index]?.proof ?? []))
    return await Promise.all(values)
  } catch {
    return null
  }
}

/** Null where the proof shows that there is no such account. */
async function storageRootOf(stateRoot: Hex, address: Address, proof: Hex[]): Promise<Hex | null> {
  const account = await provenValue(stateRoot, hexToBytes(address), proof)
  if (!account) return null
  const fields = RLP.decode(account)
  const root = Array.isArray(fields) && fields.length === 4 ? fields[2] : undefined
  if (!(root instanceof Uint8Array) || root.length !== 32) throw new Error('an account is four fields')
  return bytesToHex(root)
}

async function slotValue(storageRoot: Hex, slot: Hex, proof: Hex[]): Promise<Hex> {
  const stored = storageRoot === EMPTY_ROOT ? null : await provenValue(storageRoot, hexToBytes(slot), proof)
  if (!stored) return pad('0x', { size: 32 })
  const value = RLP.decode(stored)
  if (!(value instanceof Uint8Array) || value.length > 32) throw new Error('a slot holds 32 bytes')
  return pad(bytesToHex(value), { size: 32 })
}

/** @throws Error where the nodes do not lead from the root to the key, or to where it would be. */
async function provenValue(root: Hex, key: Uint8Array, proof: Hex[]): Promise<Uint8Array | null> {
  // Without a single node there is nothing that the root could be held against.
  if (proof.length === 0) throw new Error('an empty proof')
  const options = { root: hexToBytes(root), useKeyHashing: true }
  return verifyMerkleProof(
    key,
    proof.map((hex) => hexToBytes(hex)),
    options,
  )
}
