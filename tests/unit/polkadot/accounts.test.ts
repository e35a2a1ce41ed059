import { Keyring } from '@polkadot/keyring'
import { decodeAddress, encodeAddress, evmToAddress } from '@polkadot/util-crypto'
import fc from 'fast-check'
import { bytesToHex, hexToBytes, keccak256, toHex } from 'viem'
import { describe, expect, it } from 'vitest'
import { allowListEntries } from '../../../lib/protocol/polkadot/allowList'
import { accountOfAddress, isEthereumAccount, mappedAddress } from '../../../lib/protocol/polkadot/mappedAddress'
import { decodeSs58, encodeSs58 } from '../../../lib/protocol/polkadot/ss58'
import {
  bidSecretText,
  secretFromPolkadotSignature,
  secretSource,
  type KeyKind,
} from '../../../lib/protocol/polkadot/bidSecret'

const ALICE_ID = hexToBytes('0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d')
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'
const account = fc.uint8Array({ minLength: 32, maxLength: 32 })
const prefix = fc.integer({ min: 0, max: 16_383 }).filter((value) => value !== 46 && value !== 47)

describe('SS58', () => {
  it('writes and reads what @polkadot/util-crypto does, for every prefix', () => {
    fc.assert(
      fc.property(account, prefix, (accountId, of) => {
        const address = encodeSs58(accountId, of)
        expect(address).toBe(encodeAddress(accountId, of))
        expect(decodeSs58(address)).toEqual({ prefix: of, accountId })
        expect(bytesToHex(decodeAddress(address))).toBe(bytesToHex(accountId))
      }),
    )
  })

  it('reads well-known accounts', () => {
    expect(encodeSs58(ALICE_ID, 42)).toBe(ALICE)
    // The same on Polkadot and Kusama.
    expect(encodeSs58(ALICE_ID, 0)).toBe('15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5')
    expect(encodeSs58(ALICE_ID, 2)).toBe('HNZata7iMYWmk5RvZRTiAsSDhV8366zq2YGb3tLH5Upf74F')
  })

  it('tells a mistyped address, whichever character it is', () => {
    const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'.split('')
    let passed = 0
    for (let at = 0; at < ALICE.length; ++at) {
      for (const character of alphabet) {
        const typed = ALICE.slice(0, at) + character + ALICE.slice(at + 1)
        if (typed !== ALICE && decodeSs58(typed)) ++passed
      }
    }
    // Two bytes of checksum: one in 65,536 of 2,736 could pass.
    expect(passed).toBeLessThan(3)
  })

  it.each(['', '0x', ALICE.slice(1), `${ALICE}1`, `1${ALICE}`, 'O0Il', ALICE.repeat(40), bytesToHex(ALICE_ID)])(
    'has no account for %s',
    (text) => expect(decodeSs58(text)).toBeNull(),
  )

  it.each([46, 47, -1, 16_384, 1.5])('has no prefix %s', (of) => {
    expect(() => encodeSs58(ALICE_ID, of)).toThrow(expect.objectContaining({ code: 'VALUE_OUT_OF_RANGE' }))
  })
})

describe('the address that contracts on Polkadot Hub know an account by', () => {
  it('is the end of its hash', () => {
    expect(mappedAddress(ALICE_ID)).toBe('0x9621DDe636dE098B43Efb0fA9b61fAcFE328F99D')
    expect(mappedAddress(ALICE_ID).toLowerCase()).toBe(`0x${keccak256(ALICE_ID).slice(-40)}`)
  })

  it('is the Ethereum address itself where the account is one, filled up', () => {
    const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
    const filled = accountOfAddress(address)
    expect(bytesToHex(filled)).toBe(`${address.toLowerCase()}${'ee'.repeat(12)}`)
    expect(isEthereumAccount(filled)).toBe(true)
    expect(mappedAddress(filled)).toBe(address)
    // Which is not how Frontier's chains map, so those addresses must not be taken for it.
    expect(mappedAddress(decodeAddress(evmToAddress(address)))).not.toBe(address)
  })

  it('is a hash where the account’s end is not all filler', () => {
    const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
    const account = accountOfAddress(address)
    account[31] = 0xef
    expect(isEthereumAccount(account)).toBe(false)
    expect(mappedAddress(account)).not.toBe(address)
    expect(isEthereumAccount(ALICE_ID)).toBe(false)
  })

  it.each([0, 20, 31, 33])('takes no account of %i bytes', (length) => {
    expect(() => mappedAddress(new Uint8Array(length))).toThrow(expect.objectContaining({ code: 'INVALID_LENGTH' }))
  })
})

describe('an allow list', () => {
  const bob = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

  it('has one entry a person, however he is written', () => {
    const kusama = encodeSs58(ALICE_ID, 2)
    const entries = allowListEntries([ALICE, ` ${kusama} `, bob, bob.toLowerCase(), mappedAddress(ALICE_ID)])
    expect(entries).toEqual([bob, mappedAddress(ALICE_ID)])
    expect(allowListEntries([bob, ALICE])).toEqual(entries)
    expect(allowListEntries([])).toEqual([])
  })

  it.each([`${ALICE.slice(0, -1)}1`, bob.replace('C51812', 'c51812'), bob.slice(0, -1), 'bob', ''])(
    'names the entry that is no address: %s',
    (wrong) => {
      expect(() => allowListEntries([bob, wrong])).toThrow(
        expect.objectContaining({ code: 'INVALID_ADDRESS', field: 'entry 2' }),
      )
    },
  )
})

describe('the secret of a Polkadot wallet', () => {
  const text = bidSecretText({ chainId: 1n, contract: `0x${'ab'.repeat(20)}`, id: `0x${'cd'.repeat(32)}` })
  const sign = (kind: 'ed25519' | 'ecdsa' | 'sr25519') =>
    toHex(new Keyring({ type: kind }).addFromUri('//Alice').sign(text))

  it.each<['ed25519' | 'ecdsa']>([['ed25519'], ['ecdsa']])('is the same each time with %s', (kind) => {
    const secret = secretFromPolkadotSignature(kind, sign(kind))
    expect(secret).toHaveLength(32)
    expect(secretFromPolkadotSignature(kind, sign(kind))).toEqual(secret)
    const other = new Keyring({ type: kind }).addFromUri('//Bob').sign(text)
    expect(secretFromPolkadotSignature(kind, toHex(other))).not.toEqual(secret)
  })

  it('is not to be had from sr25519, whose signatures differ', () => {
    expect(sign('sr25519')).not.toBe(sign('sr25519'))
    expect(() => secretFromPolkadotSignature('sr25519', sign('sr25519'))).toThrow(RangeError)
    const sources = (['sr25519', 'ed25519', 'ecdsa', 'ethereum'] as KeyKind[]).map(secretSource)
    expect(sources).toEqual(['receipt', 'wallet', 'wallet', 'wallet'])
  })

  it('is of one auction: its text names it, and stays as it is', () => {
    expect(text).toContain(`Auction: 0x${'cd'.repeat(32)}`)
    // Changing the text makes every bid unreadable that was sealed before.
    expect(keccak256(toHex(text))).toMatchInlineSnapshot(
      `"0x4207fd4fb289d65a6d1f219aff5f99791d3322bff2e701c314720a981d12a06c"`,
    )
  })

  it('refuses what is no signature of its kind', () => {
    expect(() => secretFromPolkadotSignature('ed25519', `0x${'11'.repeat(65)}`)).toThrow(
      expect.objectContaining({ code: 'INVALID_LENGTH' }),
    )
    expect(() => secretFromPolkadotSignature('ecdsa', `0x${'11'.repeat(63)}`)).toThrow(
      expect.objectContaining({ code: 'INVALID_SIGNATURE' }),
    )
  })
})
