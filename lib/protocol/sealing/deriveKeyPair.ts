import { p256 } from '@noble/curves/nist.js'
import { bigEndian } from '../bytes'
import { KEM_SUITE, labeledExpand, labeledExtract } from './hkdf'

/** A P-256 key pair: 32-byte scalar, 65-byte uncompressed point. */
export interface P256KeyPair {
  privateKey: Uint8Array
  publicKey: Uint8Array
}

const EMPTY = new Uint8Array(0)

/** RFC 9180 section 7.1.3: DeriveKeyPair for DHKEM(P-256, HKDF-SHA256). */
export function deriveKeyPair(ikm: Uint8Array): P256KeyPair {
  const prk = labeledExtract(KEM_SUITE, EMPTY, 'dkp_prk', ikm)
  for (let counter = 0; counter < 256; counter++) {
    const candidate = labeledExpand(KEM_SUITE, prk, 'candidate', bigEndian(counter, 1), 32)
    if (p256.utils.isValidSecretKey(candidate)) {
      return { privateKey: candidate, publicKey: p256.getPublicKey(candidate, false) }
    }
  }
  throw new Error('RFC 9180 DeriveKeyPairError: 256 candidates out of range')
}
