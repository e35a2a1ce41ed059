import { hexToBytes } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { assertLength } from '../bytes'
import { secretFromSignature } from '../sealing/secret'
import { deriveBytes } from '../sealing/hkdf'

/** What kinds of key Polkadot accounts have. `ethereum`: an Ethereum key kept in a Polkadot wallet. */
export type KeyKind = 'sr25519' | 'ed25519' | 'ecdsa' | 'ethereum'

/**
 * Where an account's bid secrets come from. `wallet`: its signature, the same each time, so that the chain is the
 * backup. `receipt`: a random one, kept in a receipt alone. PROTOCOL.md section 4.
 */
export function secretSource(kind: KeyKind): 'wallet' | 'receipt' {
  // Schnorrkel draws fresh randomness for every signature; RFC 8032 and RFC 6979 do not.
  return kind === 'sr25519' ? 'receipt' : 'wallet'
}

/** Why, for the account's owner. */
export const SECRET_REASON: Record<KeyKind, string> = {
  sr25519:
    'This account signs with sr25519, whose signatures differ each time, so no key can be made from them again. Your bid’s ' +
    'secret is random and lies in a receipt: keep the file, as nothing else can show you the bid again.',
  ed25519:
    'This account signs with ed25519, whose signature of the same text is always the same. The secret of your bids is made ' +
    'from it, so this wallet alone can show you your bids again, on any device.',
  ecdsa:
    'This account signs with ecdsa, and a wallet that signs the same text the same way each time can make the secret of ' +
    'your bids again. Two signatures are compared; should they differ, a receipt is used instead.',
  ethereum:
    'This is an Ethereum key, and a wallet that signs the same text the same way each time can make the secret of your bids ' +
    'again. Two signatures are compared; should they differ, a receipt is used instead.',
}

type Where = { chainId: bigint; contract: Address; id: Hex }

/**
 * The text whose signature is a Polkadot wallet's secret for one auction, as `bidSecretTypedData` is an Ethereum
 * wallet's. Fixed: any change to it makes earlier bids unrecoverable. PROTOCOL.md section 4.
 */
export function bidSecretText({ chainId, contract, id }: Where): string {
  return [
    'Subrosa bid secret, version 1',
    '',
    "Whoever gets this signature can read this wallet's sealed bids in this auction, before and after the close.",
    'It moves no money. Sign it only on a page you trust, to seal a bid or to read your own bids again.',
    '',
    `Chain: ${chainId}`,
    `Auctions: ${contract.toLowerCase()}`,
    `Auction: ${id.toLowerCase()}`,
  ].join('\n')
}

/** The same for one market of the order book, as `orderSecretTypedData` is for an Ethereum wallet. Fixed, likewise. */
export function orderSecretText({ chainId, contract, id }: Where): string {
  return [
    'Subrosa order secret, version 1',
    '',
    "Whoever gets this signature can read this wallet's sealed orders in this market, those already there and those to come.",
    'It moves no money. Sign it only on a page you trust, to seal an order or to read your own orders again.',
    '',
    `Chain: ${chainId}`,
    `Book: ${contract.toLowerCase()}`,
    `Market: ${id.toLowerCase()}`,
  ].join('\n')
}

/**
 * A secret from a Polkadot wallet's signature: HKDF of (r, low s) for the two curves of Ethereum's kind, of the whole 64
 * bytes for ed25519.
 *
 * @param signature As `signRaw` gives it, without a byte for its kind.
 * @throws SubrosaError INVALID_LENGTH, INVALID_SIGNATURE. RangeError for sr25519, which has none.
 */
export function secretFromPolkadotSignature(kind: KeyKind, signature: Hex): Uint8Array {
  if (kind === 'sr25519') throw new RangeError('an sr25519 signature is never the same twice')
  if (kind !== 'ed25519') return secretFromSignature(signature)
  const bytes = hexToBytes(signature)
  assertLength(bytes, 64, 'signature')
  return deriveBytes(bytes, new Uint8Array(0))
}
