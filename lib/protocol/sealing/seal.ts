import { Chacha20Poly1305 } from '@hpke/chacha20poly1305'
import { CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { hexToBytes } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { deriveBlinding } from '../commitment/blinding'
import { commit } from '../commitment/commit'
import { PROTOCOL_VERSION } from '../constants'
import { SubrosaError } from '../errors'
import { encodeValue } from '../values'
import { joinSealed } from './blob'
import { encodeAad, encodeInfo, type SealContext } from './context'
import { deriveKeyPair } from './deriveKeyPair'
import { encodePlaintext } from './plaintext'
import { signPok } from './pok'
import { deriveRho, ephemeralKeyMaterial } from './secret'

export interface SealBidInput {
  /** The enclave's public key, uncompressed, 65 bytes. */
  sealingKey: Hex
  context: SealContext
  trader: Address
  /** Ticks per lot. */
  price: number
  /** Lots. */
  quantity: number
  /** 32 bytes, from `secretFromSignature` or random. */
  secret: Uint8Array
  /** 16 fresh random bytes, never used for another bid of the same secret. */
  salt: Uint8Array
  minFill?: number
  expiryBatch?: number
  flags?: number
}

/** A sealed bid, ready for the contract. */
export interface SealedBid {
  /** 257 bytes. */
  sealed: Hex
  /** The commitment. */
  x: bigint
  y: bigint
  /** 32 bytes; with price and quantity, the commitment's opening. */
  rho: Hex
}

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
})

/** WebCrypto's types want bytes that no other thread shares. */
function owned(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}

async function importSealingKey(sealingKey: Hex): Promise<CryptoKey> {
  try {
    return await suite.kem.deserializePublicKey(owned(hexToBytes(sealingKey)))
  } catch (cause) {
    throw new SubrosaError('INVALID_SEALING_KEY', { cause })
  }
}

/**
 * Seals a bid, an order or a reserve to the enclave's key: commitment, HPKE ciphertext and proof of knowledge of the
 * ephemeral key. Deterministic: the same secret, salt and terms give the same bytes. PROTOCOL.md section 4.
 * @throws SubrosaError PRICE_OUT_OF_RANGE, QUANTITY_OUT_OF_RANGE, INVALID_LENGTH, INVALID_SEALING_KEY,
 * INVALID_COMMITMENT (try another salt)
 */
export async function sealBid(input: SealBidInput): Promise<SealedBid> {
  const { context, trader, price, quantity, secret, salt, flags = 0, minFill = 0, expiryBatch = 0 } = input
  const value = encodeValue(price, quantity)
  const recipientPublicKey = await importSealingKey(input.sealingKey)
  const rho = deriveRho(secret, { salt, price, quantity, flags, minFill, expiryBatch })
  const { chainId, contract, kind, id } = context
  const { x, y } = commit(
    value,
    deriveBlinding({ chainId, contract, kind, id, trader, flags, minFill, expiryBatch, rho }),
  )

  const info = encodeInfo(context)
  const aad = encodeAad({ trader, x, y, salt })
  const ekm = ephemeralKeyMaterial(secret, { salt, x, y })
  const sender = await suite.createSenderContext({ recipientPublicKey, info: owned(info), ekm: owned(ekm) })
  const plaintext = encodePlaintext({
    version: PROTOCOL_VERSION,
    kind,
    flags,
    price,
    quantity,
    rho,
    minFill,
    expiryBatch,
  })
  const ciphertext = new Uint8Array(await sender.seal(owned(plaintext), owned(aad)))
  const enc = new Uint8Array(sender.enc)
  const pok = signPok({ info, aad, enc, ciphertext }, deriveKeyPair(ekm).privateKey)
  return { sealed: joinSealed({ salt, enc, pok, ciphertext }), x, y, rho }
}
