import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { Hex } from 'viem'
import { ZERO_HASH } from '../constants'

const LAYOUT = [{ type: 'bytes32' }, { type: 'bytes32' }, { type: 'uint32' }] as const

/**
 * The chain over the winners in order: `w = keccak256(abi.encode(w, leaf, fill))` from 0, and 0 where nobody won.
 * The order is by seq, the marginal winner last. PROTOCOL.md section 7.
 */
export function winnersHash(winners: Iterable<{ leaf: Hex; fill: number }>): Hex {
  let hash: Hex = ZERO_HASH
  for (const { leaf, fill } of winners) hash = keccak256(encodeAbiParameters(LAYOUT, [hash, leaf, fill]))
  return hash
}
