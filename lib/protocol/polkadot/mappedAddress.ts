import { bytesToHex, getAddress, hexToBytes, keccak256 } from 'viem/utils'
import type { Address } from 'viem'
import { assertLength } from '../bytes'
import { ACCOUNT_LENGTH } from './ss58'

const ADDRESS_LENGTH = 20
/** What pallet-revive fills an Ethereum address up with, to have an account of 32 bytes. */
const FILLER = 0xee

/**
 * The address by which contracts on Polkadot Hub know an account: the first 20 bytes where it is an Ethereum address
 * filled up, else the last 20 bytes of the account's Keccak-256. pallet-revive's `AccountId32Mapper::to_address`
 * (polkadot-sdk, substrate/frame/revive/src/address.rs, since "Change address derivation to use hashing").
 *
 * @throws SubrosaError INVALID_LENGTH
 */
export function mappedAddress(accountId: Uint8Array): Address {
  assertLength(accountId, ACCOUNT_LENGTH, 'accountId')
  if (isEthereumAccount(accountId)) return getAddress(bytesToHex(accountId.slice(0, ADDRESS_LENGTH)))
  return getAddress(bytesToHex(keccak256(accountId, 'bytes').slice(-ADDRESS_LENGTH)))
}

/**
 * Whether an account stands for an Ethereum key, and so is known to the chain as it is. Every other one must be mapped
 * once (`revive.mapAccount`), so that the chain finds the account behind the address: the hash cannot be undone.
 */
export function isEthereumAccount(accountId: Uint8Array): boolean {
  return accountId.slice(ADDRESS_LENGTH).every((byte) => byte === FILLER)
}

/** The account that an address acts for until someone maps his own to it: an Ethereum key's, for instance. 32 bytes. */
export function accountOfAddress(address: Address): Uint8Array {
  const account = new Uint8Array(ACCOUNT_LENGTH).fill(FILLER)
  account.set(hexToBytes(address))
  return account
}
