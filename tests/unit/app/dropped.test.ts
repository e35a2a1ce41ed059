import { createPublicClient, createTestClient, createWalletClient, http } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waitUntilDropped } from '../../../app/_transaction/dropped'
import { chainOf } from '../../../app/_wallet/wagmiConfig'
import { startAnvil, type TestChain } from '../../fixtures/anvil'

const INTERVAL_MS = 20
/** Far longer than the looks that it takes to tell. */
const A_WHILE_MS = 800
const account = mnemonicToAccount('test test test test test test test test test test test junk')
let chain: TestChain

beforeAll(async () => {
  chain = await startAnvil()
}, 30_000)
afterAll(() => chain.stop())

function tools() {
  const info = chainOf({ chainId: 31337, rpcUrl: chain.rpcUrl })
  const transport = http(chain.rpcUrl)
  return {
    test: createTestClient({ mode: 'anvil', chain: info, transport }),
    wallet: createWalletClient({ account, chain: info, transport }),
    client: createPublicClient({ chain: info, transport }),
  }
}

/** Starts to wait, and does something once the transaction has been looked at. */
async function waitWhile(hash: `0x${string}`, meanwhile: () => Promise<unknown>) {
  const { client } = tools()
  const stop = new AbortController()
  let looked: () => void = () => undefined
  const firstLook = new Promise<void>((resolve) => (looked = resolve))
  const reader = {
    getTransactionCount: client.getTransactionCount,
    getTransaction: ((args: { hash: `0x${string}` }) =>
      client.getTransaction(args).finally(looked)) as typeof client.getTransaction,
  }
  const verdict = waitUntilDropped(reader, hash, stop.signal, INTERVAL_MS)
  await firstLook
  await meanwhile()
  return { verdict, stop }
}

/** Whether the wait goes on for a while: then it is ended. */
async function goesOn({ verdict, stop }: Awaited<ReturnType<typeof waitWhile>>): Promise<boolean> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), A_WHILE_MS))
  return (await Promise.race([verdict, late]).finally(() => stop.abort())) === null
}

describe('waitUntilDropped', () => {
  it('tells of a transaction that the network knew and forgot', async () => {
    const { test, wallet } = tools()
    await test.setAutomine(false)
    const hash = await wallet.sendTransaction({ to: account.address, value: 1n })
    expect(await (await waitWhile(hash, () => test.dropTransaction({ hash }))).verdict).toBe(true)
  })

  it('waits on while a transaction is still there, or a block has it', async () => {
    const { wallet } = tools()
    const hash = await wallet.sendTransaction({ to: account.address, value: 2n })
    expect(await goesOn(await waitWhile(hash, () => Promise.resolve()))).toBe(true)
    expect(await goesOn(await waitWhile(hash, () => chain.mine(1)))).toBe(true)
  })

  it('says nothing of what the network never knew: a wallet may keep it', async () => {
    expect(await goesOn(await waitWhile(`0x${'ab'.repeat(32)}`, () => Promise.resolve()))).toBe(true)
  })
})
