import { secp256k1 } from '@noble/curves/secp256k1.js'
import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { Address } from 'viem'
import { TAGS } from '../constants'
import { isValidCommitment, type Commitment } from './commit'
import { G, H, N, type Secp256k1Point } from './generator'

const LAYOUT = [
  { type: 'bytes32' },
  { type: 'uint256' },
  { type: 'uint256' },
  { type: 'uint256' },
  { type: 'uint256' },
] as const

/** The scalar `e` that binds the opening check to its whole statement. PROTOCOL.md section 3. */
export function openingDigest({ x, y }: Commitment, value: bigint, blinding: bigint): bigint {
  return BigInt(keccak256(encodeAbiParameters(LAYOUT, [TAGS.opening, x, y, value, blinding]))) % N
}

/** The address of a point, as ecrecover gives it; null where ecrecover gives nothing. */
function addressOf(point: Secp256k1Point): Address | null {
  if (point.is0()) return null
  const coordinates = `0x${point.toHex(false).slice(2)}` as const
  return `0x${keccak256(coordinates).slice(-40)}`
}

/** The two addresses that the contract compares: `A(e*C - e*r*G)` and `A(e*v*H)`. PROTOCOL.md section 3. */
export function openingAddresses(
  commitment: Commitment,
  value: bigint,
  blinding: bigint,
): { left: Address | null; right: Address | null } {
  const e = openingDigest(commitment, value, blinding)
  const point = secp256k1.Point.fromAffine(commitment)
  const left = point.mulAddUnsafe(e, G, (N - ((e * blinding) % N)) % N)
  const right = H.multiplyUnsafe((e * value) % N)
  return { left: addressOf(left), right: addressOf(right) }
}

/**
 * Whether `value` and `blinding` open the commitment, by the contract's own test. PROTOCOL.md section 3.
 * For checking Solidity against; `commit` and a comparison is the plain way.
 */
export function isOpening(commitment: Commitment, value: bigint, blinding: bigint): boolean {
  if (!isValidCommitment(commitment) || value < 0n || blinding < 0n || blinding >= N) return false
  if (openingDigest(commitment, value, blinding) === 0n) return false
  const { left, right } = openingAddresses(commitment, value, blinding)
  return left !== null && left === right
}
