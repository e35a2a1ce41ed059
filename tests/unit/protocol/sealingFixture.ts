import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { p256 } from '@noble/curves/nist.js'
import { bytesToHex, keccak256, stringToHex } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { KIND, ZERO_HASH } from '../../../lib/protocol/constants'
import { encodeAad, encodeInfo, keyIdOf, type SealContext } from '../../../lib/protocol/sealing/context'
import { joinSealed } from '../../../lib/protocol/sealing/blob'
import { deriveKeyPair } from '../../../lib/protocol/sealing/deriveKeyPair'
import { deriveSealingKeys } from '../../../lib/protocol/sealing/keySchedule'
import { signPok } from '../../../lib/protocol/sealing/pok'
import { ephemeralKeyMaterial } from '../../../lib/protocol/sealing/secret'
import { ecdhX } from '../../../lib/protocol/sealing/ecdh'
import { openChecked, type Opened } from '../../../lib/protocol/sealing/open'
import { checkPublicly, type SealedEnvelope } from '../../../lib/protocol/sealing/publicCheck'
import { sealBid, type SealBidInput, type SealedBid } from '../../../lib/protocol/sealing/seal'

/** An enclave's sealing key, a context and two traders, the same in every run. */
export const enclaveKey = new Uint8Array(32).fill(7)
export const sealingKeyBytes = p256.getPublicKey(enclaveKey, false)
export const sealingKey: Hex = bytesToHex(sealingKeyBytes)

export const alice: Address = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'
export const mallory: Address = '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc'

export const context: SealContext = {
  keyId: keyIdOf(sealingKey),
  chainId: 31337n,
  contract: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  kind: KIND.auction,
  id: keccak256(stringToHex('an auction')),
  closesAt: 1_800_000_000n,
}

export const secret = new Uint8Array(32).fill(9)

/** Seals Alice's bid of 120 for one lot, or what `changes` makes of it. */
export function seal(changes: Partial<SealBidInput> = {}): Promise<SealedBid> {
  const salt = new Uint8Array(16).fill(3)
  return sealBid({ sealingKey, context, trader: alice, price: 120, quantity: 1, secret, salt, ...changes })
}

/** What the enclave, or a bidder, is shown of a bid. */
export function envelopeOf({ sealed, x, y }: SealedBid, changes: Partial<SealedEnvelope> = {}): SealedEnvelope {
  return { context, trader: alice, sealed, x, y, ...changes }
}

/** Opens as the enclave does: with its private key, after the public checks. */
export function openAsEnclave(envelope: SealedEnvelope): Opened {
  const checked = checkPublicly(envelope)
  if (!checked.ok) return checked
  return openChecked(checked, ecdhX(enclaveKey, checked.parts.enc), sealingKeyBytes)
}

/** A blob that holds any plaintext beside any commitment: what a sealer with bad intentions can make. */
export function sealRaw(plaintext: Uint8Array, { x, y }: { x: bigint; y: bigint }, trader: Address = alice): SealedBid {
  const salt = new Uint8Array(16).fill(8)
  const { privateKey, publicKey: enc } = deriveKeyPair(ephemeralKeyMaterial(secret, { salt, x, y }))
  const info = encodeInfo(context)
  const aad = encodeAad({ trader, x, y, salt })
  const { key, nonce } = deriveSealingKeys(ecdhX(privateKey, sealingKeyBytes), enc, sealingKeyBytes, info)
  const ciphertext = chacha20poly1305(key, nonce, aad).encrypt(plaintext)
  const pok = signPok({ info, aad, enc, ciphertext }, privateKey)
  return { sealed: joinSealed({ salt, enc, pok, ciphertext }), x, y, rho: ZERO_HASH }
}
