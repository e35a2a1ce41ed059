import { bytesToHex, keccak256 } from 'viem/utils'
import type { Hex } from 'viem'
import { encodeRows } from './encodeRows'

/** What became of one order: lots filled over all batches so far, this one included, and its `DISPOSITION`. */
export type Carried = { leaf: Hex; filled: number; disposition: number }

/**
 * The published list of a batch: every order that came into it, resting or new, by (batch, seq) of its placing; orders
 * that ended in an earlier batch are not in it. abi.encode((bytes32 leaf, uint32 filled, uint8 disposition)[]).
 * PROTOCOL.md section 11.
 */
export function encodeCarried(carried: readonly Carried[]): Hex {
  return bytesToHex(rowsOf(carried))
}

/** keccak256 of `encodeCarried`: what a settlement names. */
export function carriedHash(carried: readonly Carried[]): Hex {
  return keccak256(rowsOf(carried))
}

function rowsOf(carried: readonly Carried[]): Uint8Array {
  return encodeRows(
    carried.map(({ leaf, filled, disposition }) => [leaf, filled, disposition]),
    3,
  )
}
