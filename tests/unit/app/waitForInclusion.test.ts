import { createPublicClient, createTestClient, createWalletClient, http, type PublicClient } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waitForInclusion } from '../../../app/_transaction/waitForInclusion'
import { chainOf } from '../../../app/_wallet/wagmiConfig'
import { startAnvil, type TestChain } from '../../fixtures/anvil'

const TIMEOUT_MS = 300
const account = mnemonicToAccount('test test test test test test test test test test test junk')
let chain: TestChain

beforeAll(async () => {
  chain = await startAnvil()
})
afterAll(() => chain.stop())

/** A transfer that no block takes until the test says so. */
async function sendUnmined() {
  const info = chainOf({ chainId: 31337, rpcUrl: chain.rpcUrl })
  const transport = http(chain.rpcUrl)
  await createTestClient({ mode: 'anvil', chain: info, transport }).setAutomine(false)
  const wallet = createWalletClient({ account, chain: info, transport })
  const hash = await wallet.sendTransaction({ to: account.address, value: 1n })
  const client: PublicClient = createPublicClient({ chain: info, transport, pollingInterval: 20 })
  const call = { to: account.address, data: '0x', value: 1n, method: 'transfer' } as const
  return { hash, client, call }
}

describe('waitForInclusion', () => {
  it('asks after its time is up, and looks again for the same transaction where told to', async () => {
    const { hash, client, call } = await sendUnmined()
    const overdue: (string | undefined)[] = []
    // After the second time a block has it; how soon that is seen is the machine's affair.
    const onOverdue = async (late: string | undefined) => {
      overdue.push(late)
      if (overdue.length === 2) await chain.mine(1)
      return true
    }
    const options = { client, account: account.address, onSubmitted: () => undefined, onOverdue }
    const included = await waitForInclusion(hash, call, options, TIMEOUT_MS)
    expect(included.hash).toBe(hash)
    expect(included.block).toBe((await client.getTransactionReceipt({ hash })).blockNumber)
    expect(overdue.length).toBeGreaterThanOrEqual(2)
    expect(new Set(overdue)).toEqual(new Set([hash]))
  })

  it('ends where the person stops waiting', async () => {
    const { hash, client, call } = await sendUnmined()
    const onOverdue = () => Promise.resolve(false)
    const options = { client, account: account.address, onSubmitted: () => undefined, onOverdue }
    await expect(waitForInclusion(hash, call, options, TIMEOUT_MS)).rejects.toThrow(/Timed out/)
  })
})
