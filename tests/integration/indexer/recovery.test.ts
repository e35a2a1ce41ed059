import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEvmConnection } from '../../../lib/chain/evm/connection'
import { findAuction } from '../../../lib/db/auctions'
import { countMismatches } from '../../../lib/db/stats'
import { RpcRefusal, startLyingNode, type LyingNode } from '../../fixtures/lyingNode'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { openHouse, type House } from './auctionHouse'
import { startLocalChain, type LocalChain } from './localChain'
import { dumpFreshIndex, dumpIndex, openIndex } from './testIndex'

const AGAIN = 'the node left events of this auction, market or batch out: reading it again'
type Log = { transactionHash: string }

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

/**
 * The node leaves a transaction's logs out of the first `times` answers that they belong in, and serves no receipts, so
 * that accumulators alone can tell. @returns how often it did.
 */
function omit(hash: string, times: number): () => number {
  let omitted = 0
  node.tell((method, _params, truth) => {
    if (method === 'eth_getBlockReceipts') return new RpcRefusal(-32601, 'no such method')
    if (method !== 'eth_getLogs' || omitted >= times) return truth
    const kept = (truth as Log[]).filter(({ transactionHash }) => transactionHash !== hash)
    if (kept.length < (truth as Log[]).length) omitted += 1
    return kept
  })
  return () => omitted
}

/** An auction, finalized with two bids: the second is the newest. */
async function twoBids() {
  const auction = await house.createAuction()
  const first = await house.placeBid(auction, 4, 10)
  const second = await house.placeBid(auction, 5, 20)
  await chain.client.mine({ blocks: 10 })
  return { auction, first: first.receipt.hash, second: second.receipt.hash }
}

const timesRead = (index: Awaited<ReturnType<typeof openIndex>>) =>
  index.logged.filter(({ msg }) => msg === AGAIN).length

test('a final bid that a node left out once is read again, and the index heals', async () => {
  const { auction, second } = await twoBids()
  const index = await openIndex(postgres, house)
  const connection = openEvmConnection(node.url)
  const omitted = omit(second, 1)
  await index.sync(connection)
  expect(omitted()).toBe(1)
  expect(await findAuction(index.db, auction.id)).toMatchObject({ leafCount: 1, integrity: 'MISMATCH' })

  await house.placeBid(auction, 6, 30)
  await index.sync(connection)
  expect(await findAuction(index.db, auction.id)).toMatchObject({ leafCount: 3, integrity: 'VERIFIED' })
  expect(await countMismatches(index.db)).toBe(0)
  expect(timesRead(index)).toBe(1)
  await index.sync(connection)
  expect(timesRead(index)).toBe(1)
  expect(index.memory.suspects.size).toBe(0)
  expect(await dumpIndex(index.url)).toEqual(await dumpFreshIndex(postgres, { ...house, connection }))
  await index.close()
})

test('a gap, in front of a bid or of a whole auction, is read again as well', async () => {
  const { auction, first } = await twoBids()
  const connection = openEvmConnection(node.url)
  for (const hash of [first, auction.transactionHash]) {
    const index = await openIndex(postgres, house)
    omit(hash, 1)
    await expect(index.sync(connection)).rejects.toThrow(/was due|is not indexed/)
    await index.sync(connection)
    expect(await findAuction(index.db, auction.id)).toMatchObject({ leafCount: 2, integrity: 'VERIFIED' })
    expect(timesRead(index)).toBe(1)
    expect(await dumpIndex(index.url)).toEqual(await dumpFreshIndex(postgres, { ...house, connection }))
    await index.close()
  }
})

test('a node that never gives a bid out is not asked for ever, and the auction stays marked', async () => {
  const { auction, second } = await twoBids()
  const index = await openIndex(postgres, house)
  const connection = openEvmConnection(node.url)
  omit(second, Infinity)
  for (let round = 0; round < 12; round += 1) {
    await index.sync(connection)
    for (const suspect of index.memory.suspects.values()) suspect.notBefore = 0
  }
  expect(timesRead(index)).toBe(8)
  expect(await findAuction(index.db, auction.id)).toMatchObject({ leafCount: 1, integrity: 'MISMATCH' })
  await index.close()
})
