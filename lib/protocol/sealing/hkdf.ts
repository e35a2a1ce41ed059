import { expand, extract, hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from 'viem/utils'
import { ascii, bigEndian } from '../bytes'

/** The project's HKDF: SHA-256, empty salt, 32 bytes out. PROTOCOL.md section 4. */
export function deriveBytes(secret: Uint8Array, info: Uint8Array): Uint8Array {
  return hkdf(sha256, secret, new Uint8Array(0), info, 32)
}

const VERSION_LABEL = ascii('HPKE-v1')

/** DHKEM(P-256, HKDF-SHA256). RFC 9180 section 4.1. */
export const KEM_SUITE = new Uint8Array([...ascii('KEM'), 0x00, 0x10])

/** With HKDF-SHA256 and ChaCha20Poly1305. RFC 9180 section 5.1. */
export const HPKE_SUITE = new Uint8Array([...ascii('HPKE'), 0x00, 0x10, 0x00, 0x01, 0x00, 0x03])

/** RFC 9180 section 4: LabeledExtract. */
export function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array {
  return extract(sha256, concatBytes([VERSION_LABEL, suite, ascii(label), ikm]), salt)
}

/** RFC 9180 section 4: LabeledExpand. */
export function labeledExpand(
  suite: Uint8Array,
  prk: Uint8Array,
  label: string,
  info: Uint8Array,
  length: number,
): Uint8Array {
  const labeledInfo = concatBytes([bigEndian(length, 2), VERSION_LABEL, suite, ascii(label), info])
  return expand(sha256, prk, labeledInfo, length)
}
