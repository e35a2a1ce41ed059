import { createTestClient, createWalletClient, http, parseEther, publicActions } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waitUntilFinal } from '../../../app/_transaction/waitUntilFinal'
import { chainOf } from '../../../app/_wallet/wagmiConfig'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { until } from '../../fixtures/until'

const TICK_MS = 5
let chain: TestChain

beforeAll(async () => {
  chain = await startAnvil()
})
afterAll(() => chain.stop())

function clients() {
  const info = chainOf({ chainId: 31337, rpcUrl: chain.rpcUrl })
  const transport = http(chain.rpcUrl)
  const node = createTestClient({ mode: 'anvil', chain: info, transport }).extend(publicActions)
  const account = mnemonicToAccount('test test test test test test test test test test test junk')
  return { node, account, wallet: createWalletClient({ account, chain: info, transport }) }
}

/** A transfer in a block, and its bytes, so that another branch of the chain can take it again. */
async function transfer() {
  const { node, account, wallet } = clients()
  const request = await wallet.prepareTransactionRequest({ to: account.address, value: parseEther('1') })
  const serializedTransaction = await wallet.signTransaction(request)
  const branch = await node.snapshot()
  const hash = await node.sendRawTransaction({ serializedTransaction })
  const { blockNumber: block } = await node.waitForTransactionReceipt({ hash })
  return { node, branch, serializedTransaction, included: { hash, block } }
}

describe('waitUntilFinal', () => {
  it('waits until the block is final, and no shorter', async () => {
    const { node, included } = await transfer()
    let [ended, looks] = [false, 0]
    const counting = { ...node, getBlock: ((args) => (looks++, node.getBlock(args))) as typeof node.getBlock }
    const waiting = waitUntilFinal(counting, included, TICK_MS).finally(() => (ended = true))
    await until(() => Promise.resolve(ended || looks > 10))
    expect(ended).toBe(false)
    await chain.mine(3)
    expect(await waiting).toEqual({ at: 'final', block: included.block })
  })

  it('does not call final what the chain has dropped', async () => {
    const { node, branch, included } = await transfer()
    await node.revert({ id: branch })
    await chain.mine(5)
    expect(await waitUntilFinal(node, included, TICK_MS)).toEqual({ at: 'undone' })
  })

  it('names the block that took it in the end', async () => {
    const { node, branch, serializedTransaction, included } = await transfer()
    await node.revert({ id: branch })
    await chain.mine(3)
    let missed: () => void = () => undefined
    const firstMiss = new Promise<void>((resolve) => (missed = resolve))
    // Looked for in vain once, and not again before another block has it.
    let next: Promise<unknown> = Promise.resolve()
    const reader = {
      getBlock: node.getBlock,
      getTransactionReceipt: (async (args) => {
        await next
        return node.getTransactionReceipt(args).catch((error: unknown) => {
          next = again
          missed()
          throw error
        })
      }) as typeof node.getTransactionReceipt,
    }
    const again = firstMiss.then(async () => {
      await node.sendRawTransaction({ serializedTransaction })
      await chain.mine(3)
    })
    expect(await waitUntilFinal(reader, included, TICK_MS)).toEqual({ at: 'final', block: included.block + 3n })
  })
})
