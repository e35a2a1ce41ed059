import { bytesToHex, keccak256 } from 'viem/utils'
import type { Hex } from 'viem'
import { dispositionName } from './disposition'
import { encodeRows } from './encodeRows'

/** What became of one order: lots filled over all batches so far, this one included, and its `DISPOSITION`. */
export type Carried = { leaf: Hex; filled: number; disposition: number }

const FIELDS = 3
const WORD = 32

/**
 * The published list of a batch: every order that came into it, resting or new, by (batch, seq) of its placing; orders
 * that ended in an earlier batch are not in it. abi.encode((bytes32 leaf, uint32 filled, uint8 disposition)[]).
 * PROTOCOL.md section 11.
 */
export function encodeCarried(carried: readonly Carried[]): Uint8Array {
  return encodeRows(
    carried.map(({ leaf, filled, disposition }) => [leaf, filled, disposition]),
    FIELDS,
  )
}

/** keccak256 of `encodeCarried`: what a settlement names. */
export function carriedHash(carried: readonly Carried[]): Hex {
  return keccak256(encodeCarried(carried))
}

/** The list that `encodeCarried` made these bytes of; null where it made no such bytes of any. */
export function decodeCarried(bytes: Uint8Array): Carried[] | null {
  const rows = bytes.length / WORD - 2
  if (!Number.isInteger(rows / FIELDS) || rows < 0) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const carried: Carried[] = []
  for (let at = 2 * WORD; at < bytes.length; at += FIELDS * WORD) {
    const filled = view.getUint32(at + 2 * WORD - 4)
    const disposition = view.getUint32(at + 3 * WORD - 4)
    if (dispositionName(disposition) === null) return null
    carried.push({ leaf: bytesToHex(bytes.subarray(at, at + WORD)), filled, disposition })
  }
  const made = encodeCarried(carried)
  return made.every((byte, at) => byte === bytes[at]) ? carried : null
}
