import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { Hex } from 'viem'
import { ZERO_HASH } from '../constants'

const LAYOUT = [{ type: 'bytes32' }, { type: 'bytes32' }] as const

/** The accumulator after one more leaf: `keccak256(abi.encode(acc, leaf))`. PROTOCOL.md section 5. */
export function fold(acc: Hex, leaf: Hex): Hex {
  return keccak256(encodeAbiParameters(LAYOUT, [acc, leaf]))
}

/** The accumulator over all leaves, from zero. PROTOCOL.md section 5. */
export function accumulate(leaves: Iterable<Hex>): Hex {
  let acc: Hex = ZERO_HASH
  for (const leaf of leaves) acc = fold(acc, leaf)
  return acc
}
