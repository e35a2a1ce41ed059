import { createWalletClient, custom, type Hash } from 'viem'
import { describe, expect, it } from 'vitest'
import { batchStatus, canBatch, sendBatch } from '../../../app/_transaction/batch'
import { explain } from '../../../app/_transaction/problem'
import { polkadotProvider } from '../../../app/_wallet/polkadotProvider'
import { parsePolkadotWalletId, polkadotWalletId } from '../../../app/_wallet/polkadotWalletId'
import type { ContractCall } from '../../../lib/chain/connection'
import type { HubWallet } from '../../../lib/chain/hub/wallet'
import { SubrosaError } from '../../../lib/protocol/errors'

const CHAIN = 420420422
const ADDRESS = '0x9621DDe636dE098B43Efb0fA9b61fAcFE328F99D'
const CONTRACT = '0x00000000000000000000000000000000000000AA'
const HASH: Hash = `0x${'5d'.repeat(32)}`
const call: ContractCall = { to: CONTRACT, data: '0x0102', value: 10n ** 18n, method: 'placeBid' }
const RECEIPT = { transactionHash: HASH, blockNumber: '0x11', status: '0x1' }

/** A provider over a wallet that answers so, and a chain that answers reads so. `sent` is what the wallet was asked to send. */
function open({
  refusal,
  reads = {},
  batches = true,
}: { refusal?: Error; reads?: Record<string, unknown>; batches?: boolean } = {}) {
  const sent: (readonly ContractCall[])[] = []
  const wallet = {
    address: ADDRESS,
    isMapped: () => Promise.resolve(true),
    map: () => Promise.resolve(),
    canBatch: () => Promise.resolve(batches),
    send(calls: readonly ContractCall[]) {
      sent.push(calls)
      return refusal ? Promise.reject(refusal) : Promise.resolve(HASH)
    },
  } satisfies HubWallet
  const asked: string[] = []
  const read = ({ method }: { method: string }) => {
    asked.push(method)
    return Promise.resolve(reads[method] ?? null)
  }
  const options = {
    chainId: CHAIN,
    address: ADDRESS,
    wallet: () => Promise.resolve(wallet),
    read: read as never,
  } as const
  const provider = polkadotProvider(options)
  const client = createWalletClient({ account: ADDRESS, transport: custom(provider, { retryCount: 0 }) })
  return { sent, asked, client, provider }
}

describe('a Polkadot account as an EIP-1193 provider', () => {
  it('is its mapped address, on this chain, without asking a node', async () => {
    const { client, asked } = open()
    expect(await client.getAddresses()).toEqual([ADDRESS])
    expect(await client.getChainId()).toBe(CHAIN)
    expect(asked).toEqual([])
  })

  it('sends a transaction through its wallet, and answers with its hash', async () => {
    const { client, sent } = open()
    const { to, data, value } = call
    expect(await client.sendTransaction({ to, data, value, chain: null })).toBe(HASH)
    expect(sent).toMatchObject([[{ to, data, value }]])
  })

  it('does several calls in one, and tells what became of them', async () => {
    const reads: Record<string, unknown> = {}
    const { client, sent } = open({ reads })
    expect(await canBatch(client, ADDRESS, CHAIN)).toBe(true)
    const id = await sendBatch(client, { account: ADDRESS, chainId: CHAIN, calls: [call, { ...call, value: 0n }] })
    expect(id).toBe(HASH)
    expect(sent[0]).toMatchObject([{ value: 10n ** 18n }, { value: 0n }])
    expect(await batchStatus(client, id)).toBeNull()
    reads.eth_getTransactionReceipt = RECEIPT
    expect(await batchStatus(client, id)).toEqual({ hash: HASH, block: 17n })
    reads.eth_getTransactionReceipt = { ...RECEIPT, status: '0x0' }
    await expect(batchStatus(client, id)).rejects.toMatchObject({ code: 'TRANSACTION_REVERTED' })
  })

  it('offers no batch where the chain takes none', async () => {
    expect(await canBatch(open({ batches: false }).client, ADDRESS, CHAIN)).toBe(false)
  })

  it.each(['USER_REJECTED', 'INSUFFICIENT_BALANCE', 'ACCOUNT_NOT_MAPPED', 'BID_EXISTS', 'WRONG_CHAIN'] as const)(
    'tells people why it did not send: %s',
    async (code) => {
      const { client } = open({ refusal: new SubrosaError(code, { details: 'why' }) })
      const failure: unknown = await client
        .sendTransaction({ to: CONTRACT, data: '0x', value: 0n, chain: null })
        .catch((error: unknown) => error)
      expect(explain(failure).code).toBe(code)
    },
  )

  it('signs nothing in Ethereum’s way, and passes no such request on', async () => {
    const { client, asked } = open()
    await expect(client.signMessage({ message: 'hello' })).rejects.toThrow(/personal_sign/)
    const typed = {
      domain: {},
      types: { T: [{ name: 'a', type: 'string' }] },
      primaryType: 'T',
      message: { a: '' },
    } as const
    await expect(client.signTypedData(typed)).rejects.toThrow(/eth_signTypedData/)
    expect(asked).toEqual([])
  })

  it('leaves the chain’s own questions to a node', async () => {
    const { provider, asked } = open({ reads: { eth_blockNumber: '0x5' } })
    expect(await provider.request({ method: 'eth_blockNumber' })).toBe('0x5')
    expect(asked).toEqual(['eth_blockNumber'])
  })
})

describe('the id of a Polkadot wallet’s account', () => {
  it.each(['polkadot-js', 'a/wallet', 'with:colon', 'with%20'])('comes back: %s', (wallet) => {
    const place = { wallet, address: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY' }
    const id = polkadotWalletId(place)
    // What is remembered is split at its colon.
    expect(id).not.toContain(':')
    expect(parsePolkadotWalletId(id)).toEqual(place)
  })

  it.each(['', 'injected', 'walletConnect', 'polkadot', 'polkadot/x', 'polkadot/x/y/z', 'polkadot/%/y'])(
    'is not %s',
    (id) => {
      expect(parsePolkadotWalletId(id)).toBeNull()
    },
  )
})
