import { RANGE_PROOF_LENGTH, type RangeBits } from './rows'

/** Bit 6: there is a range, not one known value. Bit 5, a minimum, and bits 0 to 4, a decimal exponent, are clear. */
const FLAGS = 0x40

/**
 * Whether the bytes have the one form of a range proof that counts: exponent 0, minimum 0, a mantissa of exactly `bits`,
 * the exact length, no spare sign bit set. The library accepts others, which show less. PROTOCOL.md section 8.
 *
 * Layout (libsecp256k1-zkp, rangeproof_impl.h), with bits/2 digits in base 4: flags(1) | mantissa - 1 (1) |
 * a sign bit for each digit but the last | its x, 32 bytes each | e0(32) | four responses a digit, 32 bytes each.
 */
export function isRangeProofOf(proof: Uint8Array, bits: RangeBits): boolean {
  if (proof.length !== RANGE_PROOF_LENGTH[bits] || proof[0] !== FLAGS || proof[1] !== bits - 1) return false
  const signs = bits / 2 - 1
  const last = proof[1 + Math.ceil(signs / 8)] as number
  return last >> (signs % 8) === 0
}
