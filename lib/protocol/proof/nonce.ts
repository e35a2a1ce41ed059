import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from 'viem/utils'
import { ascii } from '../bytes'

/**
 * The nonce of a proof: HMAC-SHA256 of the whole statement under a secret of the enclave, 32 bytes. The same statement
 * gives the same proof; another one, in whatever part, gives a nonce that has nothing to do with this one. Two proofs
 * under one nonce would give away what they hide. PROTOCOL.md section 8.
 *
 * @param label What the nonce is for; of fixed length for each kind of statement.
 * @param statement Parts of fixed lengths, extraCommit among them.
 */
export function deriveNonce(secret: Uint8Array, label: string, statement: readonly Uint8Array[]): Uint8Array {
  return hmac(sha256, secret, concatBytes([ascii(`subrosa/v1/nonce/${label}`), ...statement]))
}
