import { p256 } from '@noble/curves/nist.js'

/** r | s over the SHA-256 of a message, 64 bytes, the same each time (RFC 6979). Like Intel's, s may be above n/2. */
export function signP256(message: Uint8Array, secret: Uint8Array): Uint8Array {
  return p256.sign(message, secret, { lowS: false, extraEntropy: false })
}
