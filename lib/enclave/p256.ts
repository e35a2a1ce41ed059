import { createECDH, createPrivateKey, createPublicKey, verify, type KeyObject } from 'node:crypto'

/** A P-256 private key inside OpenSSL. */
export type NativePrivateKey = KeyObject
/** A point of P-256, checked, inside OpenSSL. */
export type NativePublicKey = KeyObject

/** The field's prime. */
const P = Buffer.from('ffffffff00000001000000000000000000000000ffffffffffffffffffffffff', 'hex')

/** n / 2, rounded down, of P-256. */
const HALF_ORDER = Buffer.from('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8', 'hex')

/** A point's coordinates in a JSON web key. */
function jwkOf(point: Uint8Array) {
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => Buffer.from(part).toString('base64url'))
  return { kty: 'EC', crv: 'P-256', x, y }
}

/** Takes a private key in: a 32-byte scalar with its uncompressed point. */
export function importPrivateKey(privateKey: Uint8Array, publicKey: Uint8Array): NativePrivateKey {
  const d = Buffer.from(privateKey).toString('base64url')
  return createPrivateKey({ format: 'jwk', key: { ...jwkOf(publicKey), d } })
}

/**
 * Takes a point in: 65 bytes beginning with 0x04, coordinates below p, on the curve.
 *
 * @returns null for anything else. As a JWK, which is read in two thirds of the time that DER takes, but reduces
 * coordinates where they should be refused: their range is checked here.
 */
export function importPublicKey(point: Uint8Array): NativePublicKey | null {
  if (point.length !== 65 || point[0] !== 0x04) return null
  if (Buffer.compare(point.subarray(1, 33), P) >= 0 || Buffer.compare(point.subarray(33), P) >= 0) return null
  try {
    return createPublicKey({ format: 'jwk', key: jwkOf(point) })
  } catch {
    return null
  }
}

/** Whether `signature` (r, s: 64 bytes) signs SHA-256 of `message`. An s above n/2 is refused. PROTOCOL.md section 4. */
export function verifyLowS(key: NativePublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64 || Buffer.compare(signature.subarray(32), HALF_ORDER) > 0) return false
  return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

/**
 * ECDH with one private key: from an uncompressed point, 65 bytes, to the x-coordinate of the shared point, 32 bytes.
 * The point is taken as it comes, so that an opening reads it once more and not twice.
 *
 * @throws Error for a point that is not on the curve.
 */
export function ecdhOf(privateKey: NativePrivateKey): (point: Uint8Array) => Uint8Array {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'))
  return (point) => ecdh.computeSecret(point)
}
