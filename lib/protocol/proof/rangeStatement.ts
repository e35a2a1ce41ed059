import { secp256k1 } from '@noble/curves/secp256k1.js'
import { encodeValue } from '../values'
import type { Commitment } from '../commitment/commit'
import { H, type Secp256k1Point } from '../commitment/generator'
import type { RangeBits } from './rows'

const { Fn, Fp } = secp256k1.Point
const INVERSE_OF_2_32 = Fn.inv(1n << 32n)

/**
 * "`sign * q + offset` lies in [0, 2^bits)", q being a bid's price, or price and quantity together. Linear, so the
 * verifier computes a commitment to the left side from the bid's own: nothing of it comes from the prover.
 */
export interface RangeStatement {
  bits: RangeBits
  /** `price`: C' = (C - H) / 2^32, which is small only if the quantity is 1. `value`: C, price * 2^32 + quantity. */
  of: 'price' | 'value'
  sign: 1 | -1
  offset: bigint
}

/** Multiples of C and of H: sign * C' + offset * H, or sign * C + offset * H. PROTOCOL.md section 8. */
function coefficients({ of, sign, offset }: RangeStatement): { ofC: bigint; ofH: bigint } {
  const ofC = of === 'price' ? INVERSE_OF_2_32 : 1n
  const ofH = of === 'price' ? Fn.neg(INVERSE_OF_2_32) : 0n
  const signed = (scalar: bigint) => (sign === 1 ? scalar : Fn.neg(scalar))
  return { ofC: signed(ofC), ofH: Fn.add(signed(ofH), Fn.create(offset)) }
}

/** The commitment that a range proof of the statement is about; null where it is no point, as no honest bid's is. */
export function derivedCommitment(statement: RangeStatement, { x, y }: Commitment): Secp256k1Point | null {
  const { ofC, ofH } = coefficients(statement)
  const committed = new secp256k1.Point(Fp.create(x), Fp.create(y), Fp.ONE)
  const point = committed.multiplyUnsafe(ofC).add(H.multiplyUnsafe(ofH))
  return point.is0() ? null : point
}

/** What the derived commitment hides, for whoever knows the bid: the value may be out of range, the statement false. */
export function derivedOpening(
  statement: RangeStatement,
  bid: { price: number; quantity: number; blinding: bigint },
): { value: bigint; blinding: bigint } {
  const { of, sign, offset } = statement
  const hidden = of === 'price' ? BigInt(bid.price) : encodeValue(bid.price, bid.quantity)
  const { ofC } = coefficients(statement)
  return { value: BigInt(sign) * hidden + offset, blinding: Fn.mul(ofC, bid.blinding) }
}
