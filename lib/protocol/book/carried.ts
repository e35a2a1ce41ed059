import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { Hex } from 'viem'

/** What became of one order: lots filled over all batches so far, this one included, and its `DISPOSITION`. */
export type Carried = { leaf: Hex; filled: number; disposition: number }

const LAYOUT = [
  {
    type: 'tuple[]',
    components: [
      { name: 'leaf', type: 'bytes32' },
      { name: 'filled', type: 'uint32' },
      { name: 'disposition', type: 'uint8' },
    ],
  },
] as const

/**
 * The published list of a batch: every order that came into it, resting or new, by (batch, seq) of its placing; orders
 * that ended in an earlier batch are not in it. abi.encode((bytes32 leaf, uint32 filled, uint8 disposition)[]).
 * PROTOCOL.md section 11.
 */
export function encodeCarried(carried: readonly Carried[]): Hex {
  return encodeAbiParameters(LAYOUT, [carried])
}

/** keccak256 of `encodeCarried`: what a settlement names. */
export function carriedHash(carried: readonly Carried[]): Hex {
  return keccak256(encodeCarried(carried))
}
