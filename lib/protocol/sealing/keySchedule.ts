import { concatBytes } from 'viem/utils'
import { HPKE_SUITE, KEM_SUITE, labeledExpand, labeledExtract } from './hkdf'

/** The AEAD key (32 bytes) and base nonce (12 bytes) of a sealed blob. */
export interface SealingKeys {
  key: Uint8Array
  nonce: Uint8Array
}

const EMPTY = new Uint8Array(0)
const MODE_BASE = new Uint8Array([0x00])

/** RFC 9180 section 4.1: ExtractAndExpand over the ECDH x-coordinate. */
export function kemSharedSecret(sharedX: Uint8Array, enc: Uint8Array, sealingKey: Uint8Array): Uint8Array {
  const prk = labeledExtract(KEM_SUITE, EMPTY, 'eae_prk', sharedX)
  return labeledExpand(KEM_SUITE, prk, 'shared_secret', concatBytes([enc, sealingKey]), 32)
}

/**
 * RFC 9180's base-mode key schedule for this suite, from the ECDH x-coordinate on (sections 4.1 and 5.1).
 * Whoever knows x can open the one blob it belongs to, and nothing else: that is what blob proofs and challenges
 * publish (PROTOCOL.md sections 8 and 9).
 * @param sharedX 32 bytes, big-endian.
 * @param enc The ephemeral public key, 65 bytes.
 * @param sealingKey The recipient's public key, 65 bytes.
 */
export function deriveSealingKeys(
  sharedX: Uint8Array,
  enc: Uint8Array,
  sealingKey: Uint8Array,
  info: Uint8Array,
): SealingKeys {
  const sharedSecret = kemSharedSecret(sharedX, enc, sealingKey)
  const pskIdHash = labeledExtract(HPKE_SUITE, EMPTY, 'psk_id_hash', EMPTY)
  const infoHash = labeledExtract(HPKE_SUITE, EMPTY, 'info_hash', info)
  const context = concatBytes([MODE_BASE, pskIdHash, infoHash])
  const secret = labeledExtract(HPKE_SUITE, sharedSecret, 'secret', EMPTY)
  return {
    key: labeledExpand(HPKE_SUITE, secret, 'key', context, 32),
    nonce: labeledExpand(HPKE_SUITE, secret, 'base_nonce', context, 12),
  }
}
