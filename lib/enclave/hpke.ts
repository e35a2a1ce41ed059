import { createDecipheriv, createHmac } from 'node:crypto'

const LABEL = Buffer.from('HPKE-v1')
/** DHKEM(P-256, HKDF-SHA256). RFC 9180 section 4.1. */
const KEM_SUITE = Buffer.from([...Buffer.from('KEM'), 0x00, 0x10])
/** With HKDF-SHA256 and ChaCha20Poly1305. RFC 9180 section 5.1. */
const HPKE_SUITE = Buffer.from([...Buffer.from('HPKE'), 0x00, 0x10, 0x00, 0x01, 0x00, 0x03])
const EMPTY = Buffer.alloc(0)
const MODE_BASE = Buffer.from([0x00])
const TAG_LENGTH = 16

function hmac(key: Uint8Array, ...data: Uint8Array[]): Buffer {
  const mac = createHmac('sha256', key)
  for (const part of data) mac.update(part)
  return mac.digest()
}

function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Buffer {
  return hmac(salt, LABEL, suite, Buffer.from(label), ikm)
}

/** RFC 9180 section 4. One round of HKDF-Expand: nothing here is longer than a SHA-256 output. */
function labeledExpand(suite: Uint8Array, prk: Uint8Array, label: string, info: Uint8Array[], length: number): Buffer {
  const size = Buffer.from([length >> 8, length & 0xff])
  return hmac(prk, size, LABEL, suite, Buffer.from(label), ...info, Buffer.from([1])).subarray(0, length)
}

const PSK_ID_HASH = labeledExtract(HPKE_SUITE, EMPTY, 'psk_id_hash', EMPTY)

/** RFC 9180 base mode in native code, from the ECDH x-coordinate on: the twin of `protocol/sealing/keySchedule`. */
export function deriveSealingKeys(
  sharedX: Uint8Array,
  enc: Uint8Array,
  sealingKey: Uint8Array,
  info: Uint8Array,
): { key: Buffer; nonce: Buffer } {
  const prk = labeledExtract(KEM_SUITE, EMPTY, 'eae_prk', sharedX)
  const sharedSecret = labeledExpand(KEM_SUITE, prk, 'shared_secret', [enc, sealingKey], 32)
  const context = [MODE_BASE, PSK_ID_HASH, labeledExtract(HPKE_SUITE, EMPTY, 'info_hash', info)]
  const secret = labeledExtract(HPKE_SUITE, sharedSecret, 'secret', EMPTY)
  return {
    key: labeledExpand(HPKE_SUITE, secret, 'key', context, 32),
    nonce: labeledExpand(HPKE_SUITE, secret, 'base_nonce', context, 12),
  }
}

/** ChaCha20-Poly1305 (RFC 8439). `ciphertext` with its tag; null if the tag does not match. */
export function decrypt(
  { key, nonce }: { key: Uint8Array; nonce: Uint8Array },
  aad: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array | null {
  const end = ciphertext.length - TAG_LENGTH
  const cipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG_LENGTH })
  cipher.setAAD(aad, { plaintextLength: end })
  cipher.setAuthTag(ciphertext.subarray(end))
  const plaintext = cipher.update(ciphertext.subarray(0, end))
  try {
    cipher.final()
  } catch {
    return null
  }
  return new Uint8Array(plaintext)
}
