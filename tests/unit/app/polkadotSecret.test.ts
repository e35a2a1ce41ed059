import { Keyring } from '@polkadot/keyring'
import { u8aToHex, u8aWrapBytes } from '@polkadot/util'
import { cryptoWaitReady } from '@polkadot/util-crypto'
import { hexToString, type WalletClient } from 'viem'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { setActor } from '../../../app/_polkadot/actor'
import { receiptReason } from '../../../app/_polkadot/polkadotSecret'
import { obtainSecret, signedSecret } from '../../../app/_sealing/secrets'
import type { SealPlace } from '../../../app/_sealing/receiptStore'
import { bidSecretText, orderSecretText } from '../../../lib/protocol/polkadot/bidSecret'
import { mappedAddress } from '../../../lib/protocol/polkadot/mappedAddress'

const contract = '0x00000000000000000000000000000000000000aa'
let nextId = 0x10

type Kind = 'sr25519' | 'ed25519' | 'ecdsa'

/** A connected account of a wallet that signs here, or with another's key; `texts` is what it was shown. */
function connect(kind: Kind | null, { key = kind ?? 'sr25519', by = '//Bob' }: { key?: Kind; by?: string } = {}) {
  const pair = new Keyring({ type: key }).addFromUri('//Bob')
  const signing = new Keyring({ type: key }).addFromUri(by)
  const texts: string[] = []
  const signRaw = ({ data }: { data: `0x${string}` }) => {
    texts.push(hexToString(data))
    return Promise.resolve({ id: 1, signature: u8aToHex(signing.sign(u8aWrapBytes(data))) })
  }
  const account = { address: pair.address, accountId: pair.addressRaw, name: 'Bob', kind }
  setActor({ wallet: { id: 'test', name: 'Test', accounts: [account], signer: { signRaw } as never }, account })
  const address = mappedAddress(pair.addressRaw)
  const place: SealPlace = {
    room: 'auctions',
    chainId: 5,
    contract,
    account: address,
    id: `0x${(nextId++).toString(16).repeat(32)}`,
  }
  return { place, texts, address }
}

/** Nobody is to be asked to sign in Ethereum's way. */
const wallet = { signTypedData: () => Promise.reject(new Error('asked the wrong way')) } as unknown as WalletClient

beforeAll(() => cryptoWaitReady())
afterEach(() => setActor(null))

describe('the secret of a connected Polkadot account', () => {
  it.each(['ed25519', 'ecdsa'] as const)('is its wallet’s own, and comes back: %s', async (kind) => {
    const { place, texts, address } = connect(kind)
    const { secret, reproducible } = await obtainSecret(wallet, place)
    expect(reproducible).toBe(true)
    const text = bidSecretText({ chainId: 5n, contract, id: place.id })
    expect(texts).toEqual([text, text])
    expect(await signedSecret(wallet, place)).toEqual(secret)
    expect(receiptReason(address)).toBeNull()
  })

  it('of a market is signed for in words of its own', async () => {
    const { place, texts } = connect('ed25519')
    await obtainSecret(wallet, { ...place, room: 'book' })
    expect(texts[0]).toBe(orderSecretText({ chainId: 5n, contract, id: place.id }))
    expect(texts[0]).toContain('sealed orders in this market')
  })

  it.each([
    ['sr25519', 'whose signatures differ each time'],
    [null, 'does not say what kind of key'],
  ] as const)('is random, and nothing is asked: %s', async (kind, why) => {
    const { place, texts, address } = connect(kind)
    const [first, second] = [await obtainSecret(wallet, place), await obtainSecret(wallet, place)]
    expect(first.reproducible).toBe(false)
    expect(first.secret).not.toEqual(second.secret)
    expect(await signedSecret(wallet, place)).toBeNull()
    expect(texts).toEqual([])
    expect(receiptReason(address)).toContain(why)
  })

  it('is random where somebody else’s key signed', async () => {
    const { place } = connect('ed25519', { by: '//Eve' })
    expect((await obtainSecret(wallet, place)).reproducible).toBe(false)
  })

  it('is not an Ethereum account’s', async () => {
    const { place } = connect('ed25519')
    const other = { ...place, account: '0x00000000000000000000000000000000000000bb' } as const
    await expect(obtainSecret(wallet, other)).rejects.toThrow('asked the wrong way')
    expect(receiptReason(other.account)).toBeNull()
  })
})
