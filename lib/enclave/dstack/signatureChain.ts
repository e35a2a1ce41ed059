import { secp256k1 } from '@noble/curves/secp256k1.js'
import { bytesToHex, concatBytes, hexToBytes, keccak256, stringToBytes, type Hex } from 'viem'

/** A key that the agent derived, with the signatures of who issued it: the app's key, and then the KMS's root. */
export type IssuedKey = { key: Hex; purpose: string; appId: Hex; signatureChain: readonly Hex[] }

/** What dstack's key management service signs app keys under (kms/src/crypto.rs). */
const KMS_PREFIX = 'dstack-kms-issued:'

/**
 * Whether the KMS with this root issued a key to this app: the root signed the app's key, and the app's key signed this
 * one. Both signatures are recoverable secp256k1 (r, s, recovery id) over keccak256; points are compressed.
 * 1. app key: `<purpose>:<the key's public key in hex>`;
 * 2. root key: `dstack-kms-issued:` | app id | the app's public key.
 *
 * @param root SEC1 public key, compressed or not.
 */
export function isIssuedBy(root: Hex, { key, purpose, appId, signatureChain }: IssuedKey): boolean {
  const [byApp, byRoot] = signatureChain
  if (!byApp || !byRoot || signatureChain.length !== 2) return false
  try {
    const publicKey = bytesToHex(secp256k1.getPublicKey(hexToBytes(key), true)).slice(2)
    const appKey = signerOf(stringToBytes(`${purpose}:${publicKey}`), byApp)
    const signer = signerOf(concatBytes([stringToBytes(KMS_PREFIX), hexToBytes(appId), appKey]), byRoot)
    return bytesToHex(signer) === bytesToHex(secp256k1.Point.fromHex(root.slice(2)).toBytes(true))
  } catch {
    return false
  }
}

/** The compressed public key that signed a message. @throws Error where none can have. */
function signerOf(message: Uint8Array, signature: Hex): Uint8Array {
  const bytes = hexToBytes(signature)
  const recovery = bytes[64]
  if (bytes.length !== 65 || recovery === undefined) throw new Error('a signature has 65 bytes')
  const parsed = secp256k1.Signature.fromBytes(bytes.subarray(0, 64), 'compact').addRecoveryBit(recovery)
  return parsed.recoverPublicKey(keccak256(message, 'bytes')).toBytes(true)
}
