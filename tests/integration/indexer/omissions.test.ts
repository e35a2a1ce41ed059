import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { zeroAddress } from 'viem'
import { withdrawCall } from '../../../lib/chain/calls/vault'
import { openEvmConnection } from '../../../lib/chain/evm/connection'
import { countDisputedBlocks } from '../../../lib/db/blocks'
import { readSyncState } from '../../../lib/db/sync'
import { readinessOf } from '../../../lib/indexer/readiness'
import { localAccount } from '../../../lib/dev/accounts'
import { RpcRefusal, startLyingNode, type LyingNode } from '../../fixtures/lyingNode'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { COLLATERAL, openHouse, type House } from './auctionHouse'
import { startLocalChain, type LocalChain } from './localChain'
import { dumpFreshIndex, dumpIndex, openIndex } from './testIndex'

const ATTEMPTS = 5
type Log = { transactionHash: string }
type Receipt = { logs: Log[]; transactionHash: string }

let postgres: TestPostgres
let chain: LocalChain
let house: House
let node: LyingNode

beforeAll(async () => {
  postgres = await startPostgres()
  chain = await startLocalChain(1)
  house = await openHouse(chain)
  node = await startLyingNode(chain.rpcUrl)
})
afterAll(async () => {
  await node.close()
  await chain.stop()
  await postgres.stop()
})
beforeEach(() => node.tell((_method, _params, truth) => truth))

/** A withdrawal: no accumulator covers it. @returns The hash of its transaction. */
async function withdrawal(isFinal: boolean): Promise<string> {
  const auction = await house.createAuction()
  const bid = await house.placeBid(auction, 6, 30)
  await house.cancelBid(auction, 6, bid)
  const call = withdrawCall(house.deployment, zeroAddress, COLLATERAL, localAccount(6).address)
  const { hash } = await house.execute(6, call)
  if (isFinal) await chain.client.mine({ blocks: 5 })
  return hash
}

const withoutLogs = (hash: string, truth: unknown) =>
  (truth as Log[]).filter(({ transactionHash }) => transactionHash !== hash)
const withoutReceipt = (hash: string, truth: unknown) =>
  (truth as Receipt[]).map((receipt) => (receipt.transactionHash === hash ? { ...receipt, logs: [] } : receipt))

test.each([
  ['newest', false],
  ['final', true],
])(
  'a withdrawal left out of a %s block is missed at once, and comes in when the node answers right',
  async (_, isFinal) => {
    const hash = await withdrawal(isFinal)
    const index = await openIndex(postgres, house)
    const connection = openEvmConnection(node.url)
    node.tell((method, _params, truth) => (method === 'eth_getLogs' ? withoutLogs(hash, truth) : truth))
    await expect(index.sync(connection)).rejects.toThrow('the receipts have 1 logs that were left out')
    const { disputedBlock, cursor } = (await readSyncState(index.db))!
    expect(disputedBlock).toBeGreaterThan(cursor!.number)
    expect(await readinessOf(index.db, house.deployment, 'leader')).toMatchObject({ ready: false, disputedBlock })
    expect(index.logged.filter(({ level }) => level === 'error').map(({ msg }) => msg)).toEqual(['logs in dispute'])
    expect((await index.metrics.disputes.get()).values[0]?.value).toBe(1)

    node.tell((_method, _params, truth) => truth)
    await index.sync(connection)
    expect(await readinessOf(index.db, house.deployment, 'leader')).toMatchObject({ ready: true, disputedBlock: null })
    expect(await dumpIndex(index.url)).toEqual(await dumpFreshIndex(postgres, house))
    await index.close()
  },
)

test('where the node insists, the index takes what receipts have, goes on, and stays marked', async () => {
  const hash = await withdrawal(true)
  const index = await openIndex(postgres, house)
  const connection = openEvmConnection(node.url)
  node.tell((method, _params, truth) => (method === 'eth_getLogs' ? withoutLogs(hash, truth) : truth))
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await expect(index.sync(connection)).rejects.toThrow('in dispute')
  }
  await index.sync(connection)
  expect(await index.db.event.count({ where: { transactionHash: hash, kind: 'Withdrawn' } })).toBe(1)
  expect(await countDisputedBlocks(index.db)).toBe(1)
  expect((await readSyncState(index.db))?.disputedBlock).toBeNull()
  expect(await readinessOf(index.db, house.deployment, 'leader')).toMatchObject({ ready: false, disputedBlocks: 1 })
  await index.close()
})

test('a node that leaves it out of the receipts as well is given away by the bloom filter', async () => {
  const hash = await withdrawal(true)
  const index = await openIndex(postgres, house)
  node.tell((method, _params, truth) => {
    if (method === 'eth_getLogs') return withoutLogs(hash, truth)
    return method === 'eth_getBlockReceipts' ? withoutReceipt(hash, truth) : truth
  })
  await expect(index.sync(openEvmConnection(node.url))).rejects.toThrow('the receipts do not make the bloom filter')
  await index.close()
})

test('made-up logs are refused', async () => {
  await withdrawal(true)
  const index = await openIndex(postgres, house)
  let made: object[] = []
  node.tell((method, _params, truth) => {
    if (method !== 'eth_getLogs' || (truth as Log[]).length === 0) return truth
    const [first] = truth as object[]
    made = [{ ...first, logIndex: '0x7' }]
    return [...(truth as object[]), ...made]
  })
  await expect(index.sync(openEvmConnection(node.url))).rejects.toThrow('the receipts lack logs that were given')
  expect(made).toHaveLength(1)
  await index.close()
})

test('a node without receipts is followed, and the blocks say that they are unchecked', async () => {
  const hash = await withdrawal(true)
  const index = await openIndex(postgres, house)
  node.tell((method, _params, truth) =>
    method === 'eth_getBlockReceipts' ? new RpcRefusal(-32601, 'no such method') : truth,
  )
  await index.sync(openEvmConnection(node.url))
  const event = await index.db.event.findFirst({ where: { transactionHash: hash }, include: { block: true } })
  expect(event?.block.logCheck).toBe('UNCHECKED')
  expect((await index.metrics.unchecked.get()).values[0]?.value).toBeGreaterThan(0)
  await index.close()
})
