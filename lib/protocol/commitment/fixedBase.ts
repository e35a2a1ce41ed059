import { normalizeZ } from '@noble/curves/abstract/curve.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import type { Secp256k1Point } from './generator'

const WINDOW = 8
const BASE = 1 << WINDOW
const MASK = BigInt(BASE - 1)

/**
 * Multiplication of one point by many scalars: the multiples that a window of 8 bits may need are worked out at first use,
 * and then each window costs one addition, whatever its digit. Digits are signed, in [-128, 127], which halves the table:
 * 128 points a window.
 *
 * noble's own tables make as many additions again that it throws away, and know no short scalars; a commitment's value has
 * 64 bits. As there, the number of additions does not depend on the scalar, and bigints are not constant in time.
 *
 * @param bits Length of the longest scalar.
 * @returns scalar in [0, 2^bits) -> scalar * point.
 */
export function fixedBase(point: Secp256k1Point, bits: number): (scalar: bigint) => Secp256k1Point {
  // The last window takes the carry of the one before.
  const windows = Math.floor(bits / WINDOW) + 1
  let table: Secp256k1Point[] | undefined

  return (scalar) => {
    if (scalar < 0n || scalar >> BigInt(bits) !== 0n) throw new RangeError(`not a scalar of ${bits} bits`)
    table ??= multiplesOf(point, windows)
    let sum = secp256k1.Point.ZERO
    let rest = scalar
    let carry = 0
    for (let window = 0; window < windows; ++window) {
      let digit = Number(rest & MASK) + carry
      rest >>= BigInt(WINDOW)
      carry = digit >= BASE / 2 ? 1 : 0
      digit -= carry * BASE
      const multiple = table[window * (BASE / 2 + 1) + Math.abs(digit)] ?? secp256k1.Point.ZERO
      sum = sum.add(digit < 0 ? multiple.negate() : multiple)
    }
    return sum
  }
}

/** For each window 0 to 128 times `point * 256^window`, in affine coordinates. */
function multiplesOf(point: Secp256k1Point, windows: number): Secp256k1Point[] {
  const multiples: Secp256k1Point[] = []
  let base = point
  for (let window = 0; window < windows; ++window) {
    let multiple = secp256k1.Point.ZERO
    for (let digit = 0; digit <= BASE / 2; ++digit) {
      multiples.push(multiple)
      multiple = multiple.add(base)
    }
    base = (multiples.at(-1) ?? base).double()
  }
  return normalizeZ(secp256k1.Point, multiples)
}
