import { bytesToHex, getAddress, hexToBytes } from 'viem'
import { describe, expect, it } from 'vitest'
import { accountOfAddress, addressOfAccount, isFilledUp } from '../../../../lib/chain/hub/accounts'

/** Alice's well-known sr25519 public key, and the address at which pallet-revive's documentation shows her. */
const ALICE = hexToBytes('0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d')
const ALICE_ADDRESS = '0x9621dde636de098b43efb0fa9b61facfe328f99d'
const ETHEREUM = '0xf24FF3a9CF04c71Dbc94D0b566f7A27B94566cac'

describe('accounts and addresses', () => {
  it('gives a Polkadot account the end of its hash', () => {
    expect(addressOfAccount(ALICE)).toBe(getAddress(ALICE_ADDRESS))
    expect(isFilledUp(ALICE)).toBe(false)
  })

  it('fills an Ethereum address up, and takes it out again', () => {
    const account = accountOfAddress(ETHEREUM)
    expect(bytesToHex(account)).toBe(`${ETHEREUM.toLowerCase()}${'ee'.repeat(12)}`)
    expect(isFilledUp(account)).toBe(true)
    expect(addressOfAccount(account)).toBe(ETHEREUM)
  })

  it('hashes an account whose end is not all filler', () => {
    const account = accountOfAddress(ETHEREUM)
    account[31] = 0xef
    expect(isFilledUp(account)).toBe(false)
    expect(addressOfAccount(account)).not.toBe(ETHEREUM)
  })

  it.each([0, 20, 31, 33])('takes no account of %i bytes', (length) => {
    expect(() => addressOfAccount(new Uint8Array(length))).toThrow(/32/)
  })
})
