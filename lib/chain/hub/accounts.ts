import { bytesToHex, getAddress, hexToBytes, keccak256, type Address } from 'viem'

/** What pallet-revive fills an address up with to make an account of it, where no key's account stands behind it. */
const FILLER = 0xee
const ADDRESS_LENGTH = 20
const ACCOUNT_LENGTH = 32

/**
 * The address under which contracts know a Polkadot account: the account's own first 20 bytes where it is an Ethereum
 * address filled up, else the last 20 bytes of its hash. Such an account must be mapped before it may call.
 *
 * @param accountId 32 bytes: an sr25519 or ed25519 public key, or the hash of an ecdsa one.
 */
export function addressOfAccount(accountId: Uint8Array): Address {
  if (accountId.length !== ACCOUNT_LENGTH) throw new RangeError(`accountId: ${accountId.length} bytes, not 32`)
  if (isFilledUp(accountId)) return getAddress(bytesToHex(accountId.slice(0, ADDRESS_LENGTH)))
  return getAddress(bytesToHex(keccak256(accountId, 'bytes').slice(-ADDRESS_LENGTH)))
}

/** The account that an address acts for until someone maps his own to it: an Ethereum key's, for instance. */
export function accountOfAddress(address: Address): Uint8Array {
  const account = new Uint8Array(ACCOUNT_LENGTH).fill(FILLER)
  account.set(hexToBytes(address))
  return account
}

/** Whether an account stands for an Ethereum address, and so needs no mapping. */
export function isFilledUp(accountId: Uint8Array): boolean {
  return accountId.slice(ADDRESS_LENGTH).every((byte) => byte === FILLER)
}
