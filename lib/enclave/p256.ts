import { createPrivateKey, createPublicKey, diffieHellman, verify, type KeyObject } from 'node:crypto'

/** A P-256 private key inside OpenSSL. */
export type NativePrivateKey = KeyObject
/** A point of P-256, checked, inside OpenSSL. */
export type NativePublicKey = KeyObject

/** SubjectPublicKeyInfo of an uncompressed P-256 point, up to the point (RFC 5480). */
const SPKI_PREFIX = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')

/** n / 2, rounded down, of P-256. */
const HALF_ORDER = Buffer.from('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8', 'hex')

/** Takes a private key in: a 32-byte scalar with its uncompressed point. */
export function importPrivateKey(privateKey: Uint8Array, publicKey: Uint8Array): NativePrivateKey {
  const part = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  const key = { kty: 'EC', crv: 'P-256', x: part(publicKey.subarray(1, 33)), y: part(publicKey.subarray(33)) }
  return createPrivateKey({ format: 'jwk', key: { ...key, d: part(privateKey) } })
}

/**
 * Takes a point in: 65 bytes beginning with 0x04, coordinates below p, on the curve.
 *
 * @returns null for anything else. DER, unlike JWK, refuses coordinates that are not reduced.
 */
export function importPublicKey(point: Uint8Array): NativePublicKey | null {
  if (point.length !== 65 || point[0] !== 0x04) return null
  try {
    return createPublicKey({ format: 'der', type: 'spki', key: Buffer.concat([SPKI_PREFIX, point]) })
  } catch {
    return null
  }
}

/** Whether `signature` (r, s: 64 bytes) signs SHA-256 of `message`. An s above n/2 is refused. PROTOCOL.md section 4. */
export function verifyLowS(key: NativePublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64 || Buffer.compare(signature.subarray(32), HALF_ORDER) > 0) return false
  return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

/** The x-coordinate of the ECDH point, 32 bytes. */
export function sharedX(privateKey: NativePrivateKey, publicKey: NativePublicKey): Uint8Array {
  return diffieHellman({ privateKey, publicKey })
}
