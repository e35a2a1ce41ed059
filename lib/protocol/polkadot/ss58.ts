import { blake2b } from '@noble/hashes/blake2.js'
import { concatBytes } from 'viem/utils'
import { ascii, assertLength } from '../bytes'
import { SubrosaError } from '../errors'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const PREFIX = ascii('SS58PRE')
/** Bytes of an account: an sr25519 or ed25519 public key, or the BLAKE2b hash of an ecdsa one. */
export const ACCOUNT_LENGTH = 32
const CHECKSUM_LENGTH = 2
/** Of any Substrate chain: what is shown where no chain is meant. */
export const GENERIC_PREFIX = 42
const LARGEST_PREFIX = 16_383
/** Reserved by the format. */
const RESERVED = [46, 47]

/** An SS58 address taken apart. `prefix` names the chain. */
export type Ss58 = { prefix: number; accountId: Uint8Array }

/**
 * An account as a chain writes it.
 * @throws SubrosaError INVALID_LENGTH; VALUE_OUT_OF_RANGE for a prefix that the format does not have.
 */
export function encodeSs58(accountId: Uint8Array, prefix: number): string {
  assertLength(accountId, ACCOUNT_LENGTH, 'accountId')
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > LARGEST_PREFIX || RESERVED.includes(prefix)) {
    throw new SubrosaError('VALUE_OUT_OF_RANGE', { field: 'prefix', details: `${prefix} is no SS58 prefix` })
  }
  const body = concatBytes([prefixBytes(prefix), accountId])
  return toBase58(concatBytes([body, checksum(body)]))
}

/** Reads an address of whatever chain. @returns null where it is none: mistyped, of another length, or not canonical. */
export function decodeSs58(address: string): Ss58 | null {
  const bytes = fromBase58(address)
  const first = bytes?.[0]
  if (!bytes || first === undefined) return null
  const length = first < 64 ? 1 : 2
  if (bytes.length !== length + ACCOUNT_LENGTH + CHECKSUM_LENGTH) return null
  const prefix = first < 64 ? first : longPrefix(first, bytes[1] ?? 0)
  const accountId = bytes.slice(length, length + ACCOUNT_LENGTH)
  if (prefix > LARGEST_PREFIX || RESERVED.includes(prefix)) return null
  return encodeSs58(accountId, prefix) === address ? { prefix, accountId } : null
}

/** One byte below 64; above it two, whose bits the format has in an order of its own. */
function prefixBytes(prefix: number): Uint8Array {
  if (prefix < 64) return Uint8Array.of(prefix)
  return Uint8Array.of(((prefix & 0xfc) >> 2) | 0x40, (prefix >> 8) | ((prefix & 0x03) << 6))
}

function longPrefix(first: number, second: number): number {
  return ((first & 0x3f) << 2) | (second >> 6) | ((second & 0x3f) << 8)
}

function checksum(body: Uint8Array): Uint8Array {
  return blake2b(concatBytes([PREFIX, body]), { dkLen: 64 }).slice(0, CHECKSUM_LENGTH)
}

function toBase58(bytes: Uint8Array): string {
  let value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  let text = ''
  for (; value > 0n; value /= 58n) text = (ALPHABET[Number(value % 58n)] ?? '') + text
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return '1'.repeat(zeros === -1 ? bytes.length : zeros) + text
}

/** No address has more characters: a long text would be slow to convert. */
const MOST_CHARACTERS = 64

function fromBase58(text: string): Uint8Array | null {
  if (text.length > MOST_CHARACTERS) return null
  let value = 0n
  for (const character of text) {
    const digit = ALPHABET.indexOf(character)
    if (digit === -1) return null
    value = value * 58n + BigInt(digit)
  }
  const bytes: number[] = []
  for (; value > 0n; value >>= 8n) bytes.unshift(Number(value & 0xffn))
  const zeros = /^1*/.exec(text)?.[0].length ?? 0
  return Uint8Array.of(...new Array<number>(zeros).fill(0), ...bytes)
}
