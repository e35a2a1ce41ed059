import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { deriveSealingKeys } from './keySchedule'
import { checkPublicly, type CheckedBlob, type PublicFault, type SealedEnvelope } from './publicCheck'

/** Why a blob cannot be opened. */
export type OpenFault = PublicFault | 'does-not-open'

export type Opened = { ok: true; plaintext: Uint8Array } | { ok: false; reason: OpenFault }

/**
 * Decrypts with a known key and nonce; null if the tag does not match.
 * @param ciphertext With its 16-byte tag.
 */
export function decrypt(
  keys: { key: Uint8Array; nonce: Uint8Array },
  aad: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array | null {
  try {
    return chacha20poly1305(keys.key, keys.nonce, aad).decrypt(ciphertext)
  } catch {
    return null
  }
}

/**
 * Opens a blob that passed the public checks.
 * @param sharedX The ECDH x-coordinate, 32 bytes.
 * @param sealingKey The enclave's public key, 65 bytes.
 */
export function openChecked(checked: CheckedBlob, sharedX: Uint8Array, sealingKey: Uint8Array): Opened {
  const { parts, info, aad } = checked
  const plaintext = decrypt(deriveSealingKeys(sharedX, parts.enc, sealingKey, info), aad, parts.ciphertext)
  return plaintext === null ? { ok: false, reason: 'does-not-open' } : { ok: true, plaintext }
}

/**
 * Opens one blob from the x-coordinate of its ECDH point, as anyone can whom it is shown to. Public checks come
 * first. PROTOCOL.md sections 4 and 8.
 */
export function openWithSharedX(input: SealedEnvelope & { sharedX: Uint8Array; sealingKey: Uint8Array }): Opened {
  const checked = checkPublicly(input)
  return checked.ok ? openChecked(checked, input.sharedX, input.sealingKey) : checked
}
