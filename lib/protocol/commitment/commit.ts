import { SubrosaError } from '../errors'
import { fixedBase } from './fixedBase'
import { G, H, N, P } from './generator'

/** A commitment as it travels on chain: affine coordinates on secp256k1. PROTOCOL.md section 3. */
export interface Commitment {
  x: bigint
  y: bigint
}

/** Bits of what `encodeValue` gives. */
const VALUE_BITS = 64

const timesG = fixedBase(G, 256)
const valueTimesH = fixedBase(H, VALUE_BITS)

const timesH = (value: bigint) => (value >> BigInt(VALUE_BITS) === 0n ? valueTimesH(value) : H.multiply(value))

/**
 * The Pedersen commitment `value * H + blinding * G`. PROTOCOL.md section 3.
 * @param value Normally `encodeValue(price, quantity)`; any scalar below n.
 * @param blinding `deriveBlinding(...)`; below n.
 * @throws SubrosaError VALUE_OUT_OF_RANGE for a scalar outside [0, n); INVALID_COMMITMENT if the contract would not
 * take the point (probability 2^-127 for a hashed blinding).
 */
export function commit(value: bigint, blinding: bigint): Commitment {
  if (value < 0n || value >= N) throw new SubrosaError('VALUE_OUT_OF_RANGE', { field: 'value' })
  if (blinding < 0n || blinding >= N) throw new SubrosaError('VALUE_OUT_OF_RANGE', { field: 'blinding' })
  const point = timesH(value).add(timesG(blinding))
  if (point.is0()) throw new SubrosaError('INVALID_COMMITMENT')
  const { x, y } = point.toAffine()
  if (x >= N) throw new SubrosaError('INVALID_COMMITMENT')
  return { x, y }
}

/** Whether the contract takes the point: x < n, y < p, on the curve. PROTOCOL.md section 3. */
export function isValidCommitment({ x, y }: Commitment): boolean {
  if (x < 0n || x >= N || y < 0n || y >= P) return false
  return (y * y - (x * x * x + 7n)) % P === 0n
}
