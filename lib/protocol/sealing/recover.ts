import { equalBytes } from '@noble/curves/utils.js'
import { hexToBytes } from 'viem/utils'
import type { Hex } from 'viem'
import { deriveKeyPair } from './deriveKeyPair'
import { ecdhX } from './ecdh'
import { opensCommitment } from './judge'
import { openChecked, type OpenFault } from './open'
import { parsePlaintext, type BidPlaintext, type PlaintextFault } from './plaintext'
import { checkPublicly, type SealedEnvelope } from './publicCheck'
import { ephemeralKeyMaterial } from './secret'

/** Why a bid does not come back. `other-secret`: it was sealed with another secret, or by another wallet. */
export type RecoverFault = OpenFault | PlaintextFault | 'other-secret' | 'commitment-mismatch'

export type Recovered = { ok: true; bid: BidPlaintext } | { ok: false; reason: RecoverFault }

/**
 * Opens one's own ciphertext: the secret gives the ephemeral key again. PROTOCOL.md section 4, "The chain is the bidder's
 * backup".
 * @param secret 32 bytes, from `secretFromSignature` or a receipt.
 * @param sealingKey The enclave's public key, 65 bytes.
 * @throws SubrosaError INVALID_LENGTH for a secret that is not 32 bytes, INVALID_SEALING_KEY.
 */
export function openOwn(
  input: SealedEnvelope & { secret: Uint8Array; sealingKey: Hex },
): { ok: true; plaintext: Uint8Array } | { ok: false; reason: OpenFault | 'other-secret' } {
  const { secret, x, y } = input
  const sealingKey = hexToBytes(input.sealingKey)
  const checked = checkPublicly(input)
  if (!checked.ok) return checked
  const ephemeral = deriveKeyPair(ephemeralKeyMaterial(secret, { salt: checked.parts.salt, x, y }))
  if (!equalBytes(ephemeral.publicKey, checked.parts.enc)) return { ok: false, reason: 'other-secret' }
  return openChecked(checked, ecdhX(ephemeral.privateKey, sealingKey), sealingKey)
}

/**
 * A bidder reads his own bid again from his secret and the chain, and checks that it opens his commitment.
 * PROTOCOL.md section 4.
 * @throws SubrosaError as `openOwn` does.
 */
export function recoverBid(input: SealedEnvelope & { secret: Uint8Array; sealingKey: Hex }): Recovered {
  const { trader, x, y, context } = input
  const opened = openOwn(input)
  if (!opened.ok) return opened
  const parsed = parsePlaintext(opened.plaintext)
  if (!parsed.ok) return parsed
  const { price, quantity } = parsed.value
  if (price === 0 || quantity === 0 || !opensCommitment(parsed.value, { context, trader, x, y })) {
    return { ok: false, reason: 'commitment-mismatch' }
  }
  return { ok: true, bid: parsed.value }
}
