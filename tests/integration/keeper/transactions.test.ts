import { createTestClient, http, parseEther, parseGwei, publicActions, type Address, type Hash } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readAuctionLogs } from '../../../lib/chain/auctionLogs'
import type { TransactionSender } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { taskKey } from '../../../lib/keeper/dueTasks'
import type { Keeper } from '../../../lib/keeper/keeper'
import { staggerOf } from '../../../lib/keeper/stagger'
import { createLogger } from '../../../lib/observe/logger'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'
import { startGateNode, type GateNode } from '../../fixtures/gateNode'
import { createStateFolder, startTestKeeper, type TestKeeperOptions } from '../../fixtures/keeper'
import { until } from '../../fixtures/until'

let chain: TestChain
let files: TestEnclaveFiles
let deployment: Deployment
let enclave: TestEnclave
let node: GateNode
let folder: Awaited<ReturnType<typeof createStateFolder>>
let keepers: Keeper[]
let said: string
/** An account that no test before had, with transactions of its own alone. */
let account = 20

beforeAll(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  enclave = await startTestEnclave(chain, deployment, files)
  node = await startGateNode(chain.rpcUrl)
})

afterAll(async () => {
  await node.close()
  await enclave.close()
  await chain.stop()
  await files.remove()
})

beforeEach(async () => {
  folder = await createStateFolder()
  keepers = []
  said = ''
  account += 2
})

afterEach(async () => {
  node.gate(() => 'pass')
  await Promise.all(keepers.map((keeper) => keeper.stop()))
  await client().setAutomine(true)
  await folder.remove()
})

const client = () => createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) }).extend(publicActions)
const sender = (index: number): TransactionSender =>
  openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })

async function startKeeper(options: Partial<TestKeeperOptions> = {}): Promise<Keeper> {
  const keeper = await startTestKeeper({
    ...{ rpcUrl: node.url, enclaveUrl: enclave.url, deployment, account, stateFile: folder.file('journal') },
    log: createLogger('keeper', 'debug', { write: (line) => void (said += line) }),
    ...options,
  })
  keepers.push(keeper)
  return keeper
}

/** Closed for good, with one bid; nothing but its settlement falls due in this file. */
async function closedAuction(): Promise<TestAuction> {
  const auction = await openTestAuction(chain, deployment, enclave, sender(ACCOUNT.seller), { challengeWindow: 86_400 })
  const bidder = sender(19)
  await sendTestBid(deployment, bidder, await sealTestBid(deployment, enclave, auction, bidder, 60))
  await chain.mineAt(auction.params.closesAt, 2)
  return auction
}

async function settlements({ id }: TestAuction): Promise<number> {
  const { number } = await chain.connection.readBlock('latest')
  return (await readAuctionLogs(chain.connection, deployment, { id, types: ['AuctionSettled'], toBlock: number }))
    .length
}

const addressOf = (index: number): Address => localAccount(index).address
const sentBy = (index: number) => client().getTransactionCount({ address: addressOf(index) })

async function pool(index: number): Promise<Hash[]> {
  const { pending } = await client().getTxpoolContent()
  const own = Object.entries(pending).find(([from]) => from.toLowerCase() === addressOf(index).toLowerCase())
  return Object.values(own?.[1] ?? {}).map(({ hash }) => hash)
}

const untilSaid = (words: string) => until(() => Promise.resolve(said.includes(words)))
const untilMined = (check: () => Promise<boolean>) =>
  until(async () => {
    await chain.mine(1)
    return check()
  })

async function blocks(count: number): Promise<void> {
  const rounds = () => node.methods.filter((method) => method === 'eth_chainId').length
  for (let block = 0; block < count; ++block) {
    await chain.mine(1)
    const before = rounds()
    await until(() => Promise.resolve(rounds() > before + 2))
  }
}

describe('a transaction that no block takes', () => {
  it('is replaced under its nonce until one does, and never above the cap', async () => {
    const auction = await closedAuction()
    await client().setAutomine(false)
    const raise = async (gwei: string) => {
      await client().setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei(gwei) })
      await chain.mine(1)
    }
    await startKeeper({ fees: { maxFeePerGas: parseGwei('100'), replaceAfterBlocks: 2 } })
    await until(async () => (await pool(account)).length === 1)
    const cheap = await client().getTransaction({ hash: (await pool(account))[0]! })
    for (let block = 0; block < 3; ++block) await raise('40')
    await untilSaid('offering more')
    await until(async () => (await pool(account)).some((hash) => hash !== cheap.hash))
    const dear = await client().getTransaction({ hash: (await pool(account))[0]! })
    expect(dear.nonce).toBe(cheap.nonce)
    expect(dear.input).toBe(cheap.input)
    expect(dear.maxFeePerGas! * 1000n).toBeGreaterThanOrEqual(cheap.maxFeePerGas! * 1125n)
    expect(dear.maxPriorityFeePerGas! * 1000n).toBeGreaterThanOrEqual(cheap.maxPriorityFeePerGas! * 1125n)

    await until(async () => {
      await raise('500')
      return said.includes('at the cap')
    })
    expect(await settlements(auction)).toBe(0)
    const signed = [...said.matchAll(/"maxFeePerGas":"(\d+)"/g)].map(([, fee]) => BigInt(fee!))
    expect(signed.every((fee) => fee <= parseGwei('100'))).toBe(true)
    await until(async () => {
      await raise('1')
      return (await settlements(auction)) === 1
    })
    await blocks(3)
    expect(await sentBy(account)).toBe(1)
  })
})

describe('a block that is taken back', () => {
  it('has its transaction sent again, under the same nonce', async () => {
    const auction = await closedAuction()
    await startKeeper()
    await untilMined(async () => (await settlements(auction)) === 1)
    await untilSaid('task performed')
    const hash = /"hash":"(0x[0-9a-f]{64})"/.exec(said)![1] as Hash
    const { blockNumber } = await client().getTransactionReceipt({ hash })
    const depth = Number((await chain.connection.readBlock('latest')).number - blockNumber) + 1
    await client().request({ method: 'anvil_reorg' as never, params: [depth, []] as never })
    await untilMined(async () => said.includes('its block was taken back') && (await settlements(auction)) === 1)
    await blocks(4)
    expect((await client().getTransactionReceipt({ hash })).status).toBe('success')
    expect(await sentBy(account)).toBe(1)
  })
})

describe('two keepers', () => {
  it('with the same file: the second is refused', async () => {
    await startKeeper()
    await expect(startKeeper()).rejects.toThrow('another keeper works with')
  })

  it('with the same key and other files: one settlement, one nonce', async () => {
    const auction = await closedAuction()
    await client().setAutomine(false)
    await startKeeper()
    await until(async () => (await pool(account)).length === 1)
    await startKeeper({ stateFile: folder.file('other') })
    await client().setAutomine(true)
    await untilMined(async () => (await settlements(auction)) === 1)
    await blocks(4)
    expect(await sentBy(account)).toBe(1)
  })

  it('that take turns: the slower one sends nothing', async () => {
    const turnOf = (auction: TestAuction, index: number) =>
      staggerOf(taskKey({ id: auction.id, kind: 'settle' }), addressOf(index), 3)
    const auctions: TestAuction[] = []
    while (auctions.length < 4) auctions.push(await closedAuction())
    // Where they draw the same block, both may send.
    const ties = auctions.filter((auction) => turnOf(auction, account) === turnOf(auction, account + 1)).length
    expect(ties).toBeLessThan(4)
    await startKeeper({ staggerBlocks: 3 })
    await startKeeper({ staggerBlocks: 3, account: account + 1, stateFile: folder.file('other') })
    for (const auction of auctions) {
      await until(async () => {
        await blocks(1)
        return (await settlements(auction)) === 1
      })
    }
    await blocks(4)
    const sent = (await sentBy(account)) + (await sentBy(account + 1))
    expect(sent).toBeGreaterThanOrEqual(4)
    expect(sent).toBeLessThanOrEqual(4 + ties)
  })

  it('that send in the same block: one is paid for, the other costs less than two plain transfers, and only once', async () => {
    const auction = await closedAuction()
    // Both are blind to what waits, as where nodes do not show it.
    await client().setAutomine(false)
    let held = 0
    node.gate((method) => (method === 'eth_sendRawTransaction' && ++held <= 2 ? 'drop' : 'pass'))
    await Promise.all([startKeeper(), startKeeper({ account: account + 1, stateFile: folder.file('other') })])
    await until(async () => (await pool(account)).length + (await pool(account + 1)).length === 2)
    await chain.mine(1)
    await client().setAutomine(true)
    expect(await settlements(auction)).toBe(1)
    await blocks(5)
    expect([await sentBy(account), await sentBy(account + 1)]).toEqual([1, 1])
    const spent = [...said.matchAll(/"gasUsed":"(\d+)".*?"msg":"transaction reverted"/g)].map(([, gas]) => Number(gas))
    expect(spent).toHaveLength(1)
    expect(spent[0]).toBeLessThan(60_000)
  })
})

describe('a keeper in trouble', () => {
  it('without money says so, waits, and goes on when it has some', async () => {
    const auction = await closedAuction()
    await client().setBalance({ address: addressOf(account), value: 1_000n })
    const keeper = await startKeeper({ minBalance: parseEther('0.01') })
    await untilSaid('INSUFFICIENT_BALANCE')
    expect(said).toContain('running out of money')
    expect(keeper.readiness()).toMatchObject({ ready: false, reason: 'the balance is below the minimum' })
    expect(await sentBy(account)).toBe(0)
    await client().setBalance({ address: addressOf(account), value: parseEther('1') })
    await untilMined(async () => (await settlements(auction)) === 1)
    expect(keeper.readiness().ready).toBe(true)
  })

  it('without a node says so, and goes on when it is back', async () => {
    const auction = await closedAuction()
    node.gate(() => 'drop')
    await startKeeper()
    await untilSaid('round failed')
    node.gate(() => 'pass')
    await untilMined(async () => (await settlements(auction)) === 1)
    expect(said).toContain('rounds succeed')
  })

  it('asks the next enclave where one is down', async () => {
    const auction = await closedAuction()
    await startKeeper({ enclaveUrls: ['http://127.0.0.1:9', enclave.url] })
    await untilMined(async () => (await settlements(auction)) === 1)
    expect(said).not.toContain('task failed')
  })

  it('that lost its journal neither stops at the nonce left behind nor pays twice', async () => {
    const auction = await closedAuction()
    await client().setAutomine(false)
    const first = await startKeeper()
    await until(async () => (await pool(account)).length === 1)
    await first.stop()
    await startKeeper({ stateFile: folder.file('new') })
    await until(() => Promise.resolve(said.split('following the chain').length === 3))
    await client().setAutomine(true)
    await untilMined(async () => (await settlements(auction)) === 1)
    await blocks(3)
    expect(await sentBy(account)).toBe(1)
  })
})

describe('a start', () => {
  it('reads on from where the last one stopped, and from the beginning where that is lost', async () => {
    const auction = await closedAuction()
    const first = await startKeeper()
    await untilMined(async () => (await settlements(auction)) === 1)
    await blocks(4)
    const { block, auctions } = first.readiness()
    await first.stop()
    const next = await startKeeper()
    await until(() => Promise.resolve(next.readiness().ready))
    expect(said).toContain(`"from":"${(block as bigint) + 1n}"`)
    expect(next.readiness()).toMatchObject({ auctions })
    const anew = await startKeeper({ account: account + 1, stateFile: folder.file('other') })
    await until(() => Promise.resolve(anew.readiness().ready))
    expect(said).toContain(`"from":"${deployment.startBlock}"`)
    expect(anew.readiness()).toMatchObject({ auctions })
  })

  it('tells what it does in figures', async () => {
    const auction = await closedAuction()
    const keeper = await startKeeper()
    await untilMined(async () => (await settlements(auction)) === 1)
    await untilMined(async () =>
      (await keeper.metrics.registry.metrics()).includes('outcome="succeeded",service="keeper"} 1'),
    )
    const text = await keeper.metrics.registry.metrics()
    expect(text).toContain('keeper_transactions_total{task="settle",outcome="sent",service="keeper"} 1')
  })
})
