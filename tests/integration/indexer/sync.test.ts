import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChainConnection, RawLog } from '../../../lib/chain/connection'
import { findAuction } from '../../../lib/db/auctions'
import { countMismatches } from '../../../lib/db/stats'
import { applyBlock, CursorMovedError } from '../../../lib/db/blocks'
import { noRows } from '../../../lib/db/insertRows'
import { readSyncState } from '../../../lib/db/sync'
import { SubrosaError } from '../../../lib/protocol/errors'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { openHouse, type House } from './auctionHouse'
import { startLocalChain, type LocalChain } from './localChain'
import { dumpFreshIndex, dumpIndex, openIndex } from './testIndex'

let postgres: TestPostgres
let chain: LocalChain
let house: House

beforeAll(async () => {
  postgres = await startPostgres()
  chain = await startLocalChain(1)
  house = await openHouse(chain)
})
afterAll(async () => {
  await chain.stop()
  await postgres.stop()
})

/** The real connection, with the logs it answers changed on the way, to a node that serves no receipts. */
function tampered(change: (logs: RawLog[]) => RawLog[]): ChainConnection {
  return {
    ...house.connection,
    readLogs: async (filter) => change(await house.connection.readLogs(filter)),
    readReceiptLogs: () => Promise.resolve(null),
  }
}

test('ranges shrink for a node that refuses long ones, and grow again', async () => {
  const auction = await house.createAuction()
  for (const account of [4, 5, 6]) await house.placeBid(auction, account, account)
  await chain.client.mine({ blocks: 400 })
  const index = await openIndex(postgres, house)
  const asked: bigint[] = []
  const stingy: ChainConnection = {
    ...house.connection,
    readLogs: async (filter) => {
      const blocks = filter.toBlock - filter.fromBlock + 1n
      if (blocks > 50n) throw new SubrosaError('RPC_UNAVAILABLE', { details: 'block range too wide' })
      asked.push(blocks)
      return house.connection.readLogs(filter)
    },
  }
  await index.sync(stingy)
  expect(Math.max(...asked.map(Number))).toBeGreaterThan(25)
  expect(asked.length).toBeLessThan(40)
  expect(await dumpIndex(index.url)).toEqual(await dumpFreshIndex(postgres, house))
  await index.close()
})

test('a node that leaves out the newest bid is found out by the contract’s accumulator', async () => {
  const auction = await house.createAuction()
  await house.placeBid(auction, 4, 10)
  const { receipt } = await house.placeBid(auction, 5, 20)
  const index = await openIndex(postgres, house)
  await index.sync(tampered((logs) => logs.filter((log) => log.transactionHash !== receipt.hash)))
  expect(await findAuction(index.db, auction.id)).toMatchObject({ leafCount: 1, integrity: 'MISMATCH' })
  expect(await countMismatches(index.db)).toBe(1)
  expect(index.logged.filter(({ level }) => level === 'error').map(({ msg }) => msg)).toEqual([
    'index disagrees with the contract',
  ])
  await index.close()
})

test('a node that leaves out an earlier bid stops the index before the gap', async () => {
  const auction = await house.createAuction()
  const { receipt } = await house.placeBid(auction, 4, 10)
  await house.placeBid(auction, 5, 20)
  const index = await openIndex(postgres, house)
  const forgetful = tampered((logs) => logs.filter((log) => log.transactionHash !== receipt.hash))
  await expect(index.sync(forgetful)).rejects.toThrow(/has leaf 1 where 0 was due/)
  const before = (await readSyncState(index.db))?.cursor?.number
  await expect(index.sync(forgetful)).rejects.toThrow(/has leaf 1 where 0 was due/)
  expect((await readSyncState(index.db))?.cursor?.number).toBe(before)
  expect(await findAuction(index.db, auction.id)).toMatchObject({ leafCount: 0 })
  await index.close()
})

test('logs of another contract are ignored, logs of another block refused', async () => {
  const auction = await house.createAuction()
  const index = await openIndex(postgres, house)
  const foreign = (log: RawLog): RawLog => ({ ...log, address: house.deployment.contracts.verifier })
  await index.sync(tampered((logs) => [...logs, ...logs.map(foreign)]))
  expect(await findAuction(index.db, auction.id)).toMatchObject({ integrity: 'VERIFIED' })

  await house.placeBid(auction, 6, 30)
  const moved = (log: RawLog): RawLog => ({ ...log, blockHash: `0x${'ab'.repeat(32)}` })
  await expect(index.sync(tampered((logs) => logs.map(moved)))).rejects.toThrow(/was not asked for/)
  await index.sync()
  expect(await findAuction(index.db, auction.id)).toMatchObject({ leafCount: 1, integrity: 'VERIFIED' })
  await index.close()
})

test('a second indexer that lags behind writes nothing', async () => {
  const index = await openIndex(postgres, house)
  await index.sync()
  const before = await dumpIndex(index.url)
  const block = {
    number: 10_000n,
    hash: `0x${'01'.repeat(32)}`,
    parentHash: `0x${'02'.repeat(32)}`,
    time: 1n,
    ...{ logCount: 0, logCheck: 'VERIFIED' as const },
  }
  await expect(applyBlock(index.db, null, block, noRows(), block.parentHash)).rejects.toThrow(CursorMovedError)
  expect(await dumpIndex(index.url)).toEqual(before)
  await index.close()
})

test('empty blocks are pruned once they are final, and indexing goes on', async () => {
  const auction = await house.createAuction()
  const index = await openIndex(postgres, house)
  await index.sync()
  // Followed one by one, so that each is stored.
  for (let round = 0; round < 3; round += 1) {
    await chain.client.mine({ blocks: 2 })
    await index.sync()
  }
  const stored = async () => index.db.block.count({ where: { events: { none: {} } } })
  const before = await stored()
  expect(before).toBeGreaterThan(3)
  index.memory.prunedBelow = -1_000n
  await index.sync()
  expect(await stored()).toBeLessThan(before)
  await house.placeBid(auction, 7, 10)
  await index.sync()
  expect(await dumpIndex(index.url)).toEqual(await dumpFreshIndex(postgres, house))
  await index.close()
})

test('another deployment starts the index anew', async () => {
  const index = await openIndex(postgres, house)
  await index.sync()
  const { beginIndexing } = await import('../../../lib/indexer/beginIndexing')
  const deployment = { ...house.deployment, startBlock: String(BigInt(house.deployment.startBlock) + 1n) }
  await beginIndexing({ connection: house.connection, deployment, db: index.db, term: null })
  expect((await readSyncState(index.db))?.cursor).toBeNull()
  expect(await index.db.block.count()).toBe(0)
  const wrongChain = { ...house.deployment, chainId: 1 }
  await expect(
    beginIndexing({ connection: house.connection, deployment: wrongChain, db: index.db, term: null }),
  ).rejects.toThrow('the node serves chain 31337')
  await index.close()
})
