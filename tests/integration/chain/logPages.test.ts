import { createClient, http, TimeoutError, zeroAddress } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readAuctionLogs } from '../../../lib/chain/auctionLogs'
import { depositCall } from '../../../lib/chain/calls/vault'
import type { ChainConnection } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { evmConnection, openEvmConnection } from '../../../lib/chain/evm/connection'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { readAllLogs } from '../../../lib/chain/logPages'
import { localAccount } from '../../../lib/dev/accounts'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { deployContracts } from '../../fixtures/deploy'
import { startGateNode } from '../../fixtures/gateNode'
import { logLimit } from '../../fixtures/logLimit'
import { RpcRefusal, startLyingNode, type LyingNode } from '../../fixtures/lyingNode'

let chain: TestChain
let deployment: Deployment
let node: LyingNode
let connection: ChainConnection
let newest: bigint

/** A stretch of nothing, then 40 deposits, one a block, and nothing again. */
beforeAll(async () => {
  chain = await startAnvil()
  deployment = await deployContracts(chain)
  node = await startLyingNode(chain.rpcUrl)
  connection = openEvmConnection(node.url)
  const sender = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(20) })
  await chain.mine(300)
  for (let wei = 1n; wei <= 40n; ++wei) await sender.execute(depositCall(deployment, zeroAddress, wei))
  await chain.mine(300)
  newest = (await chain.connection.readBlock('latest')).number
})

afterAll(async () => {
  await node.close()
  await chain.stop()
})

beforeEach(() => node.methods.splice(0))

const deposits = async (from: ChainConnection, span?: bigint) =>
  (await readAuctionLogs(from, deployment, { types: ['Deposited'], toBlock: newest, span })).map(({ amount }) => amount)
const everyDeposit = Array.from({ length: 40 }, (_, index) => BigInt(index + 1))
const requests = () => node.methods.filter((method) => method === 'eth_getLogs').length
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error as { code?: string }).code,
  )

describe('a range with more logs than a node answers', () => {
  it.each([
    ['too many results', logLimit({ logs: 7 })],
    ['one log a request', logLimit({ logs: 1 })],
    ['too many blocks', logLimit({ blocks: 10 })],
    ['both', logLimit({ logs: 3, blocks: 50 })],
  ])('is read in full in smaller parts: %s', async (_, limit) => {
    node.tell(limit)
    expect(await deposits(connection)).toEqual(everyDeposit)
    const { auctions: address } = deployment.contracts
    const raw = await readAllLogs(connection, { address, fromBlock: 0n, toBlock: newest })
    expect(raw).toEqual(await chain.connection.readLogs({ address, fromBlock: 0n, toBlock: newest }))
  })

  it('is read in full where the answer is larger than a client takes', async () => {
    const huge = 'x'.repeat(11 * 2 ** 20)
    node.tell((method, _params, truth) => (method === 'eth_getLogs' && (truth as unknown[]).length > 20 ? huge : truth))
    expect(await deposits(connection)).toEqual(everyDeposit)
  })

  it('is read in full where the node takes too long over much', async () => {
    node.tell((_method, _params, truth) => truth)
    let givenUp = 0
    // What viem does when its time is up, where too much is asked for: how slow this machine is plays no part.
    const fetchFn: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      const { result } = (await response.clone().json()) as { result: unknown }
      if (!Array.isArray(result) || result.length <= 10) return response
      givenUp += 1
      throw new TimeoutError({ body: {}, url: node.url })
    }
    const impatient = evmConnection(createClient({ transport: http(node.url, { retryCount: 0, fetchFn }) }))
    expect(await deposits(impatient)).toEqual(everyDeposit)
    expect(givenUp).toBeGreaterThan(0)
  })

  it('fails where not even a block is answered, or the node asks for patience or is not there, and is not asked on', async () => {
    node.tell(logLimit({ logs: 0 }))
    expect(await codeOf(deposits(connection))).toBe('RPC_UNAVAILABLE')
    expect(requests()).toBeLessThan(100)
    node.methods.splice(0)
    node.tell((method, _params, truth) => (method === 'eth_getLogs' ? new RpcRefusal(429, 'slow down') : truth))
    expect(await codeOf(deposits(connection))).toBe('RPC_UNAVAILABLE')
    expect(requests()).toBe(2)
    expect(await codeOf(deposits(openEvmConnection('http://127.0.0.1:9')))).toBe('RPC_UNAVAILABLE')
    const silent = await startGateNode(chain.rpcUrl)
    silent.gate(() => 'drop')
    expect(await codeOf(deposits(openEvmConnection(silent.url)))).toBe('RPC_UNAVAILABLE')
    expect(silent.methods).toHaveLength(2)
    await silent.close()
  })
})

describe('a long stretch without logs', () => {
  it('takes fewer and fewer requests', async () => {
    node.tell((_method, _params, truth) => truth)
    expect(await deposits(connection, 2n)).toEqual(everyDeposit)
    expect(Number(newest) / 2).toBeGreaterThan(300)
    expect(requests()).toBeLessThan(60)
  })
})
