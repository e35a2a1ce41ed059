import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, encodeAbiParameters, hexToBytes } from 'viem/utils'

/** What a proof of knowledge speaks about. PROTOCOL.md section 4. */
export interface PokStatement {
  info: Uint8Array
  aad: Uint8Array
  enc: Uint8Array
  ciphertext: Uint8Array
}

const LAYOUT = [{ type: 'string' }, { type: 'bytes' }, { type: 'bytes' }, { type: 'bytes' }, { type: 'bytes' }] as const

// One rule for s, on chain and off: s > n/2 is a bad pok everywhere.
const OPTIONS = { prehash: false, lowS: true } as const

/** The ABI encoding of (`subrosa/v1/pok`, info, aad, enc, ciphertext). PROTOCOL.md section 4. */
export function encodePok({ info, aad, enc, ciphertext }: PokStatement): Uint8Array {
  const encoded = encodeAbiParameters(LAYOUT, [
    'subrosa/v1/pok',
    bytesToHex(info),
    bytesToHex(aad),
    bytesToHex(enc),
    bytesToHex(ciphertext),
  ])
  return hexToBytes(encoded)
}

/** What a proof of knowledge signs: SHA-256 of `encodePok`. */
export function pokDigest(statement: PokStatement): Uint8Array {
  return sha256(encodePok(statement))
}

/** Signs with the ephemeral key: 64 bytes r | s, s at most n/2, deterministic (RFC 6979). */
export function signPok(statement: PokStatement, ephemeralKey: Uint8Array): Uint8Array {
  return p256.sign(pokDigest(statement), ephemeralKey, { ...OPTIONS, extraEntropy: false })
}

/** Verifies one low-s P1363 signature over a 32-byte digest. False, never an error, for anything malformed. */
export function verifyP256(signature: Uint8Array, digest: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 65 || publicKey[0] !== 0x04) return false
  try {
    return p256.verify(signature, digest, publicKey, OPTIONS)
  } catch {
    return false
  }
}

/**
 * Whether whoever sealed knew the private key of `enc`. Checked before any ECDH: otherwise someone could repeat
 * another bidder's `enc` and have that bidder's key published by an invalidity proof. PROTOCOL.md section 4.
 */
export function verifyPok(statement: PokStatement, pok: Uint8Array): boolean {
  return verifyP256(pok, pokDigest(statement), statement.enc)
}
