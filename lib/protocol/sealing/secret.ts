import { bytesToHex, concatBytes } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { assertLength, ascii, bigEndian } from '../bytes'
import { EIP712_DOMAIN } from '../constants'
import { SALT_LENGTH } from './blob'
import { deriveBytes } from './hkdf'
import { normaliseSignature } from './signature'

const SECRET_LENGTH = 32

const WARNING =
  "Whoever gets this signature can read this wallet's sealed bids in this auction, before and after the close. " +
  'It moves no money. Sign it only on a page you trust, to seal a bid or to read your own bids again.'

const TYPES = {
  BidSecret: [
    { name: 'warning', type: 'string' },
    { name: 'chainId', type: 'uint256' },
    { name: 'auctions', type: 'address' },
    { name: 'auction', type: 'bytes32' },
  ],
} as const

/**
 * The EIP-712 message whose signature is a wallet's secret for one auction. Fixed: any change to it makes earlier
 * bids unrecoverable. PROTOCOL.md section 4.
 */
export function bidSecretTypedData({ chainId, contract, id }: { chainId: bigint; contract: Address; id: Hex }) {
  return {
    domain: { ...EIP712_DOMAIN, chainId, verifyingContract: contract },
    types: TYPES,
    primaryType: 'BidSecret',
    message: { warning: WARNING, chainId, auctions: contract, auction: id },
  } as const
}

/**
 * HKDF of (r, low s) of the wallet's signature: 32 bytes.
 * @throws SubrosaError INVALID_SIGNATURE for anything but an ECDSA signature of 64 or 65 bytes.
 */
export function secretFromSignature(signature: Hex): Uint8Array {
  const { r, s } = normaliseSignature(signature)
  return deriveBytes(concatBytes([bigEndian(r, 32), bigEndian(s, 32)]), new Uint8Array(0))
}

/** What a bid's rho depends on besides the secret. */
export interface RhoInput {
  /** 16 fresh random bytes, different for every bid. */
  salt: Uint8Array
  price: number
  quantity: number
  flags: number
  minFill: number
  expiryBatch: number
}

/** rho = HKDF(secret, "rho" | salt | price | quantity | flags | minFill | expiryBatch). PROTOCOL.md section 4. */
export function deriveRho(secret: Uint8Array, { salt, price, quantity, flags, minFill, expiryBatch }: RhoInput): Hex {
  assertLength(secret, SECRET_LENGTH, 'secret')
  assertLength(salt, SALT_LENGTH, 'salt')
  const info = concatBytes([
    ascii('rho'),
    salt,
    bigEndian(price, 4),
    bigEndian(quantity, 4),
    bigEndian(flags, 2),
    bigEndian(minFill, 4),
    bigEndian(expiryBatch, 4),
  ])
  return bytesToHex(deriveBytes(secret, info))
}

/** HKDF(secret, "eph" | salt | x | y): the input of DeriveKeyPair, and HPKE's `ekm`. PROTOCOL.md section 4. */
export function ephemeralKeyMaterial(
  secret: Uint8Array,
  { salt, x, y }: { salt: Uint8Array; x: bigint; y: bigint },
): Uint8Array {
  assertLength(secret, SECRET_LENGTH, 'secret')
  assertLength(salt, SALT_LENGTH, 'salt')
  return deriveBytes(secret, concatBytes([ascii('eph'), salt, bigEndian(x, 32), bigEndian(y, 32)]))
}
