import { createTestClient, http } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { localAccount } from '../../../lib/dev/accounts'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { deployContracts } from '../../fixtures/deploy'

let chain: TestChain

beforeAll(async () => {
  chain = await startAnvil()
})
afterAll(() => chain.stop())

it('the tests’ chain has a second between blocks, however much time passes on the machine meanwhile', async () => {
  const deployment = await deployContracts(chain)
  const sender = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(20) })
  const send = () => sender.execute({ to: sender.address, data: '0x', value: 1n, method: 'nothing' })
  const before = await chain.now()
  await send()
  // As if the machine had been busy for so long.
  await createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) }).increaseTime({ seconds: 100 })
  await send()
  expect((await chain.now()) - before).toBe(2n)
  await chain.mine(3)
  expect((await chain.now()) - before).toBe(5n)
  await chain.mineAt(before + 50n, 2)
  expect((await chain.now()) - before).toBe(52n)
})
