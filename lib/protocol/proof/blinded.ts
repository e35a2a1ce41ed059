import { p256 } from '@noble/curves/nist.js'
import { bytesToBigInt } from 'viem/utils'

type P256Point = typeof p256.Point.BASE
const { Fn } = p256.Point

/** Fresh random bytes, so many: entropy is an argument here. */
export type RandomBytes = (length: number) => Uint8Array

/** More than a scalar has, so that no bias is left. */
const SHARE_BYTES = 48

/**
 * The scalar in two random shares, neither of which says anything of it: numbers of this language take a time that depends
 * on their value, and whoever sends points can have a long-lived key used on as many as they like, on a machine that its
 * host can measure.
 */
function sharesOf(scalar: bigint, random: RandomBytes): [bigint, bigint] {
  // Neither is 0, which `multiply` does not take: one in 2^255 draws is drawn again.
  for (;;) {
    const share = Fn.create(bytesToBigInt(random(SHARE_BYTES)))
    const rest = Fn.sub(scalar, share)
    if (share !== 0n && rest !== 0n) return [share, rest]
  }
}

/** A point times a secret scalar, which itself is multiplied with nothing. PROTOCOL.md section 8. */
export function multiplyBlinded(point: P256Point, scalar: bigint, random: RandomBytes): P256Point {
  const [share, rest] = sharesOf(scalar, random)
  return point.multiply(share).add(point.multiply(rest))
}

/** A public factor times a secret scalar, modulo P-256's order, in the same way. */
export function timesBlinded(factor: bigint, scalar: bigint, random: RandomBytes): bigint {
  const [share, rest] = sharesOf(scalar, random)
  return Fn.add(Fn.mul(factor, share), Fn.mul(factor, rest))
}
