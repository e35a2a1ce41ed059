import { readFile, appendFile } from 'node:fs/promises'
import { createTestClient, http, publicActions, walletActions, type Hash } from 'viem'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readAuctionLogs } from '../../../lib/chain/auctionLogs'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount, localPrivateKey } from '../../../lib/dev/accounts'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { openTestAuction, sealTestBid, sendTestBid, type TestAuction } from '../../fixtures/auctions'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'
import { startGateNode, type GateNode } from '../../fixtures/gateNode'
import { createStateFolder } from '../../fixtures/keeper'
import { startKeeperProcess } from '../../fixtures/keeperProcess'
import type { ProgramProcess } from '../../fixtures/programProcess'
import { until } from '../../fixtures/until'

let chain: TestChain
let files: TestEnclaveFiles
let deployment: Deployment
let enclave: TestEnclave
let node: GateNode
let folder: Awaited<ReturnType<typeof createStateFolder>>
let auction: TestAuction
let keepers: ProgramProcess[]

const keeperAddress = localAccount(ACCOUNT.keeper).address
const client = () => createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) }).extend(publicActions)

/** An auction that is closed for good and waits for its settlement; the keeper sees the chain through a gate. */
beforeEach(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  enclave = await startTestEnclave(chain, deployment, files)
  node = await startGateNode(chain.rpcUrl)
  folder = await createStateFolder()
  keepers = []
  const sender = (index: number) => openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })
  auction = await openTestAuction(chain, deployment, enclave, sender(ACCOUNT.seller))
  const bidder = sender(20)
  await sendTestBid(deployment, bidder, await sealTestBid(deployment, enclave, auction, bidder, 60))
  await chain.mineAt(auction.params.closesAt, 2)
})

afterEach(async () => {
  for (const { child } of keepers) child.kill('SIGKILL')
  await node.close()
  await enclave.close()
  await chain.stop()
  await files.remove()
  await folder.remove()
})

async function startKeeper(): Promise<ProgramProcess> {
  const stateFile = folder.file('journal')
  const options = { rpcUrl: node.url, enclaveUrl: enclave.url, deployment, stateFile }
  const keeper = await startKeeperProcess(options)
  keepers.push(keeper)
  return keeper
}

const journal = () => readFile(folder.file('journal'), 'utf8').catch(() => '')
const sent = () => client().getTransactionCount({ address: keeperAddress })
const pool = async (): Promise<Hash[]> => {
  const { pending } = await client().getTxpoolContent()
  const own = Object.entries(pending).find(([address]) => address.toLowerCase() === keeperAddress.toLowerCase())
  return Object.values(own?.[1] ?? {}).map(({ hash }) => hash)
}

async function settlements(): Promise<number> {
  const { number } = await chain.connection.readBlock('latest')
  const filter = { id: auction.id, types: ['AuctionSettled'], toBlock: number } as const
  return (await readAuctionLogs(chain.connection, deployment, filter)).length
}

const untilMined = (check: () => Promise<boolean>) =>
  until(async () => {
    await chain.mine(1)
    return check()
  })

/** Gives the keeper some blocks to do something else in. */
async function blocks(count: number): Promise<void> {
  for (let block = 0; block < count; ++block) {
    await chain.mine(1)
    const asked = node.methods.filter((method) => method === 'eth_chainId').length
    await until(() => Promise.resolve(node.methods.filter((method) => method === 'eth_chainId').length > asked + 1))
  }
}

describe('a keeper that is killed', () => {
  it('between writing down and sending, sends the same transaction when it is back', async () => {
    node.gate((method) => (method === 'eth_sendRawTransaction' ? 'hold' : 'pass'))
    const first = await startKeeper()
    await until(() => Promise.resolve(node.methods.includes('eth_sendRawTransaction')))
    await first.end('SIGKILL')
    const hash = /"hash":"(0x[0-9a-f]{64})"/.exec(await journal())![1] as Hash
    expect(await sent()).toBe(0)

    node.gate(() => 'pass')
    await startKeeper()
    await untilMined(async () => (await settlements()) === 1)
    await blocks(3)
    expect(await sent()).toBe(1)
    expect((await client().getTransactionReceipt({ hash })).status).toBe('success')
  })

  it('between sending and the block, pays once; and leaves a torn line behind', async () => {
    await client().setAutomine(false)
    const first = await startKeeper()
    await until(async () => (await pool()).length === 1)
    await first.end('SIGKILL')
    const [hash] = await pool()
    await appendFile(folder.file('journal'), '{"type":"mined","nonce":0,"ha')

    const second = await startKeeper()
    await until(() => Promise.resolve(second.output().includes('transaction sent')))
    expect(await pool()).toEqual([hash])
    await client().setAutomine(true)
    await untilMined(async () => (await settlements()) === 1)
    await blocks(3)
    expect(await sent()).toBe(1)
    expect(second.output()).not.toContain('cannot be read')
    expect(await journal()).not.toContain('"ha{')
  })

  it('and finds the auction settled by somebody else, takes its own transaction back', async () => {
    await client().setAutomine(false)
    const first = await startKeeper()
    await until(async () => (await pool()).length === 1)
    await first.end('SIGKILL')
    const [own] = await pool()
    const { input, to } = await client().getTransaction({ hash: own! })
    await client().dropTransaction({ hash: own! })
    const rival = client().extend(walletActions)
    await rival.sendTransaction({ account: localAccount(40), chain: null, to, data: input })
    await chain.mine(1)
    expect(await settlements()).toBe(1)

    const second = await startKeeper()
    await untilMined(async () => (await sent()) === 1)
    expect(second.output()).toContain('no longer due')
    await untilMined(() => Promise.resolve(second.output().includes('transaction cancelled')))
    expect(await sent()).toBe(1)
    await expect(client().getTransactionReceipt({ hash: own! })).rejects.toThrow('could not be found')
  })
})

describe('a keeper that is asked to stop', () => {
  it('does not wait for the chain, and knows the transaction when it is back', async () => {
    await client().setAutomine(false)
    const first = await startKeeper()
    await until(async () => (await pool()).length === 1)
    expect(await first.end('SIGTERM')).toBe(0)
    expect(await settlements()).toBe(0)
    await client().setAutomine(true)
    await chain.mine(1)
    const second = await startKeeper()
    await untilMined(() => Promise.resolve(second.output().includes('task performed')))
    expect(await sent()).toBe(1)
    const said = first.output() + second.output() + (await journal())
    expect(said).not.toContain(localPrivateKey(ACCOUNT.keeper).slice(2))
  })
})
