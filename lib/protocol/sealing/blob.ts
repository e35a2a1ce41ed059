import { bytesToHex, concatBytes, hexToBytes } from 'viem/utils'
import type { Hex } from 'viem'
import { assertLength } from '../bytes'
import { SEALED_BID_LENGTH } from '../constants'
import { SubrosaError } from '../errors'

export const SALT_LENGTH = 16
export const ENC_LENGTH = 65
export const POK_LENGTH = 64
export const CIPHERTEXT_LENGTH = 96 + 16

/** The parts of a sealed blob. PROTOCOL.md section 4. */
export interface SealedParts {
  salt: Uint8Array
  /** The ephemeral public key, uncompressed. */
  enc: Uint8Array
  /** Proof of knowledge of the ephemeral private key. */
  pok: Uint8Array
  ciphertext: Uint8Array
}

/**
 * Splits a sealed blob at its fixed offsets; nothing else is checked.
 * @throws SubrosaError INVALID_SEALED_BID unless it is 257 bytes, as the contract makes sure.
 */
export function splitSealed(sealed: Hex | Uint8Array): SealedParts {
  const bytes = typeof sealed === 'string' ? hexToBytes(sealed) : sealed
  if (bytes.length !== SEALED_BID_LENGTH) {
    throw new SubrosaError('INVALID_SEALED_BID', {
      details: `${SEALED_BID_LENGTH} bytes expected, ${bytes.length} given`,
    })
  }
  const encAt = SALT_LENGTH
  const pokAt = encAt + ENC_LENGTH
  const ciphertextAt = pokAt + POK_LENGTH
  return {
    salt: bytes.slice(0, encAt),
    enc: bytes.slice(encAt, pokAt),
    pok: bytes.slice(pokAt, ciphertextAt),
    ciphertext: bytes.slice(ciphertextAt),
  }
}

/** Puts a sealed blob together. @throws SubrosaError INVALID_LENGTH if a part has the wrong length. */
export function joinSealed({ salt, enc, pok, ciphertext }: SealedParts): Hex {
  assertLength(salt, SALT_LENGTH, 'salt')
  assertLength(enc, ENC_LENGTH, 'enc')
  assertLength(pok, POK_LENGTH, 'pok')
  assertLength(ciphertext, CIPHERTEXT_LENGTH, 'ciphertext')
  return bytesToHex(concatBytes([salt, enc, pok, ciphertext]))
}
