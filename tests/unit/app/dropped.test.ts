import { createPublicClient, createTestClient, createWalletClient, http } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waitUntilDropped } from '../../../app/_transaction/dropped'
import { chainOf } from '../../../app/_wallet/wagmiConfig'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { until } from '../../fixtures/until'

const INTERVAL_MS = 20
/** More looks than it takes to tell. */
const MANY_LOOKS = 20
const account = mnemonicToAccount('test test test test test test test test test test test junk')
let chain: TestChain

beforeAll(async () => {
  chain = await startAnvil()
})
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
  let [looks, hasEnded] = [0, false]
  const reader = {
    getTransactionCount: client.getTransactionCount,
    getTransaction: ((args: { hash: `0x${string}` }) =>
      client.getTransaction(args).finally(() => looks++)) as typeof client.getTransaction,
  }
  const verdict = waitUntilDropped(reader, hash, stop.signal, INTERVAL_MS).finally(() => (hasEnded = true))
  await until(() => Promise.resolve(looks > 0))
  await meanwhile()
  return { verdict, stop, looks: () => looks, hasEnded: () => hasEnded }
}

/** Whether the wait goes on for so many looks more: then it is ended. */
async function goesOn({ stop, looks, hasEnded }: Awaited<ReturnType<typeof waitWhile>>): Promise<boolean> {
  const from = looks()
  await until(() => Promise.resolve(hasEnded() || looks() >= from + MANY_LOOKS)).finally(() => stop.abort())
  return !hasEnded()
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
