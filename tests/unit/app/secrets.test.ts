import { createWalletClient, http, toHex, type WalletClient } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { knownSecret, obtainSecret, signedSecret } from '../../../app/_sealing/secrets'
import type { SealPlace } from '../../../app/_sealing/receiptStore'
import { orderSecretTypedData } from '../../../lib/protocol/book/orderSecret'
import { bidSecretTypedData, secretFromSignature } from '../../../lib/protocol/sealing/secret'
import { withSignEntropy } from '../../fixtures/signEntropy'

const contract = '0x00000000000000000000000000000000000000aa'
const id = `0x${'cc'.repeat(32)}` as const

let wallets = 0

/** A wallet that signs here, and that no test had before. Nothing is ever sent to its address. */
function newWallet() {
  const account = privateKeyToAccount(toHex(0x5ec2e7_0000 + ++wallets, { size: 32 }))
  const wallet = createWalletClient({ account, transport: http('http://127.0.0.1:9') })
  const place: SealPlace = { room: 'auctions', chainId: 31337, contract, account: account.address, id }
  return { account, wallet: wallet as WalletClient, place }
}

describe('obtainSecret', () => {
  it('is the wallet’s own where it signs the same way twice, and is remembered', async () => {
    const { account, wallet, place } = newWallet()
    const signature = await account.signTypedData(bidSecretTypedData({ chainId: 31337n, contract, id }))
    const found = await obtainSecret(wallet, place)
    expect(found).toEqual({ secret: secretFromSignature(signature), reproducible: true })
    expect(knownSecret(place)).toEqual(found.secret)
    expect(knownSecret({ ...place, id: `0x${'dd'.repeat(32)}` })).toBeUndefined()
  })

  it('of a market is signed for in words of its own', async () => {
    const { account, wallet, place } = newWallet()
    const book: SealPlace = { ...place, room: 'book', contract: '0x00000000000000000000000000000000000000bb' }
    const { chainId: _, account: __, room: ___, ...where } = book
    const signature = await account.signTypedData(orderSecretTypedData({ chainId: 31337n, ...where }))
    expect(await obtainSecret(wallet, book)).toEqual({ secret: secretFromSignature(signature), reproducible: true })
    expect(orderSecretTypedData({ chainId: 31337n, ...where }).message.warning).toContain('orders in this market')
  })

  it('is random where the signature is somebody else’s, as with a contract wallet', async () => {
    const { wallet } = newWallet()
    const { place } = newWallet()
    expect((await obtainSecret(wallet, place)).reproducible).toBe(false)
    expect(await signedSecret(wallet, place)).toBeNull()
  })

  it('does not go on where the person declines', async () => {
    const { wallet, place } = newWallet()
    const declining = {
      ...wallet,
      signTypedData: () => Promise.reject(new Error('declined')),
    } as unknown as WalletClient
    await expect(obtainSecret(declining, place)).rejects.toThrow('declined')
  })

  it('is random where the wallet signs differently each time', async () => {
    const { account, wallet, place } = newWallet()
    const sign = () => account.signMessage({ message: 'the same' })
    const before = await sign()
    await withSignEntropy(async () => {
      expect(await sign()).not.toBe(before)
      const [first, second] = [await obtainSecret(wallet, place), await obtainSecret(wallet, place)]
      expect([first.reproducible, second.reproducible]).toEqual([false, false])
      expect(second.secret).not.toEqual(first.secret)
      expect(knownSecret(place)).toBeUndefined()
    })
    // For the other tests of this process.
    expect(await sign()).toBe(before)
  })
})
