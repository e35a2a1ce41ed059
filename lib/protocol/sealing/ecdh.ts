import { p256 } from '@noble/curves/nist.js'
import { SubrosaError } from '../errors'

/**
 * The x-coordinate of the ECDH point on P-256, 32 bytes.
 * @param publicKey Uncompressed, 65 bytes.
 * @throws SubrosaError INVALID_SEALING_KEY if it is not a point of the curve.
 */
export function ecdhX(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  if (publicKey.length !== 65 || publicKey[0] !== 0x04) throw new SubrosaError('INVALID_SEALING_KEY')
  try {
    return p256.getSharedSecret(privateKey, publicKey, false).slice(1, 33)
  } catch (cause) {
    throw new SubrosaError('INVALID_SEALING_KEY', { cause })
  }
}
