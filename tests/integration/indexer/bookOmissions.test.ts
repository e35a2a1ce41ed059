import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openEvmConnection } from '../../../lib/chain/evm/connection'
import { findBatch } from '../../../lib/db/book/batches'
import { readSyncState } from '../../../lib/db/sync'
import { countMismatches } from '../../../lib/db/stats'
import { readinessOf } from '../../../lib/indexer/readiness'
import { RpcRefusal, startLyingNode, type LyingNode } from '../../fixtures/lyingNode'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { openHouse } from './auctionHouse'
import { startLocalChain, type LocalChain } from './localChain'
import { openMarketPlace, type Market, type MarketPlace } from './marketPlace'
import { dumpFreshIndex, dumpIndex, openIndex } from './testIndex'

const AGAIN = 'the node left events of this auction, market or batch out: reading it again'
const [SELLING, BUYING, THIRD] = [4, 5, 6]
type Log = { transactionHash: string; data: string }

let postgres: TestPostgres
let chain: LocalChain
let place: MarketPlace
let node: LyingNode
let market: Market
/** The transactions of a market with one settled, final batch and a second one that waits. */
let sent: Record<'market' | 'deposit' | 'first' | 'second' | 'cancellation' | 'settlement' | 'end' | 'newest', string>

beforeAll(async () => {
  postgres = await startPostgres()
  chain = await startLocalChain(1)
  place = await openMarketPlace(chain, await openHouse(chain))
  node = await startLyingNode(chain.rpcUrl)
  market = await place.createMarket()
  const { base, quote } = place.tokens
  const deposit = await place.fund(market, SELLING, base, 100_000n)
  await place.fund(market, BUYING, quote, 1_000_000n)
  const sell = await place.place(market, SELLING)
  const buy = await place.place(market, BUYING)
  const taken = await place.place(market, THIRD)
  const cancellation = await place.cancel(market, THIRD, taken)
  await place.moveToEndOf(market, 1n)
  const first = await place.settle(market, 1n, 100, [
    { order: sell, sell: true, lots: 7 },
    { order: buy, sell: false, lots: 7 },
  ])
  await place.moveTo(market.startsAt + 1_500n)
  const end = await place.finalize(first)
  await place.place(market, BUYING)
  const newest = await place.place(market, SELLING)
  await chain.client.mine({ blocks: 10 })
  const logs = await place.connection.readLogs({
    address: place.deployment.contracts.book,
    fromBlock: 0n,
    toBlock: await chain.client.getBlockNumber(),
  })
  const [created, settled] = [logs[0]!, logs.findLast(({ blockNumber }) => blockNumber < end.blockNumber)!]
  sent = {
    ...{ market: created.transactionHash, deposit: deposit.hash, first: sell.receipt.hash, second: buy.receipt.hash },
    ...{ cancellation: cancellation.hash, settlement: settled.transactionHash, end: end.hash },
    newest: newest.receipt.hash,
  }
})
afterAll(async () => {
  await node.close()
  await chain.stop()
  await postgres.stop()
})
beforeEach(() => node.tell((_method, _params, truth) => truth))

const without = (hash: string, truth: unknown) =>
  (truth as Log[]).filter(({ transactionHash }) => transactionHash !== hash)
/** With another digit in what comes last: the sealed blob, before its padding. */
const changed = (data: string) => {
  const at = data.length - 100
  return `${data.slice(0, at)}${data[at] === '0' ? '1' : '0'}${data.slice(at + 1)}`
}
const connection = () => openEvmConnection(node.url)
const fresh = () => dumpFreshIndex(postgres, place)

describe('a node that leaves an event of the order book out of its logs, and not of its receipts', () => {
  test.each(['deposit', 'cancellation', 'settlement', 'end'] as const)('is found out at once: %s', async (what) => {
    const index = await openIndex(postgres, place)
    node.tell((method, _params, truth) => (method === 'eth_getLogs' ? without(sent[what], truth) : truth))
    await expect(index.sync(connection())).rejects.toThrow(/the receipts have [12] logs that were left out/)
    const { disputedBlock } = (await readSyncState(index.db))!
    expect(await readinessOf(index.db, place.deployment, 'leader')).toMatchObject({ ready: false, disputedBlock })
    node.tell((_method, _params, truth) => truth)
    await index.sync(connection())
    expect(await readinessOf(index.db, place.deployment, 'leader')).toMatchObject({ ready: true })
    expect(await dumpIndex(index.url)).toEqual(await fresh())
    await index.close()
  })
})

describe('where the node serves no receipts, accumulators alone tell', () => {
  /** Leaves a transaction's logs out of the first `times` answers that they belong in. */
  function omit(hash: string, times: number): void {
    let omitted = 0
    node.tell((method, _params, truth) => {
      if (method === 'eth_getBlockReceipts') return new RpcRefusal(-32601, 'no such method')
      if (method !== 'eth_getLogs' || omitted >= times) return truth
      const kept = without(hash, truth)
      if (kept.length < (truth as Log[]).length) omitted += 1
      return kept
    })
  }
  const timesRead = (index: Awaited<ReturnType<typeof openIndex>>) =>
    index.logged.filter(({ msg }) => msg === AGAIN).length
  const second = (index: Awaited<ReturnType<typeof openIndex>>) => findBatch(index.db, market.id, 2n)

  test('a gap before an order, a cancellation, a settlement or the whole market is read again, and heals', async () => {
    for (const what of ['market', 'first', 'second', 'settlement'] as const) {
      const index = await openIndex(postgres, place)
      omit(sent[what], 1)
      await expect(index.sync(connection()), what).rejects.toThrow(/was due|is not indexed|no settlement of it/)
      for (const suspect of index.memory.suspects.values()) suspect.notBefore = 0
      await index.sync(connection())
      expect(timesRead(index), what).toBe(1)
      expect(await second(index), what).toMatchObject({ leaves: 2, integrity: 'VERIFIED' })
      expect(await dumpIndex(index.url), what).toEqual(
        await dumpFreshIndex(postgres, { ...place, connection: connection() }),
      )
      await index.close()
    }
  })

  test('the newest order left out shows against the contract, and heals', async () => {
    const index = await openIndex(postgres, place)
    omit(sent.newest, 1)
    await index.sync(connection())
    expect(await second(index)).toMatchObject({ leaves: 1, integrity: 'MISMATCH' })
    expect(await countMismatches(index.db)).toBe(1)
    expect(index.logged.filter(({ level }) => level === 'error').map(({ msg }) => msg)).toEqual([
      'index disagrees with the contract about a batch',
    ])
    await index.sync(connection())
    expect(await second(index)).toMatchObject({ leaves: 2, integrity: 'VERIFIED' })
    expect([timesRead(index), await countMismatches(index.db)]).toEqual([1, 0])
    await index.close()
  })

  test('the last leaf of a settled batch left out shows against its settlement, is asked for eight times, and stays marked', async () => {
    const index = await openIndex(postgres, place)
    omit(sent.cancellation, Infinity)
    for (let round = 0; round < 12; round += 1) {
      await index.sync(connection())
      for (const suspect of index.memory.suspects.values()) suspect.notBefore = 0
    }
    expect(timesRead(index)).toBe(8)
    expect(await findBatch(index.db, market.id, 1n)).toMatchObject({
      leaves: 3,
      integrity: 'MISMATCH',
      status: 'FINAL',
    })
    expect(await second(index)).toMatchObject({ integrity: 'VERIFIED' })
    await index.close()
  })

  test('an order that a node changes has another leaf, and the contract’s accumulator shows it', async () => {
    const index = await openIndex(postgres, place)
    node.tell((method, _params, truth) => {
      if (method === 'eth_getBlockReceipts') return new RpcRefusal(-32601, 'no such method')
      if (method !== 'eth_getLogs') return truth
      return (truth as Log[]).map((log) =>
        log.transactionHash === sent.newest ? { ...log, data: changed(log.data) } : log,
      )
    })
    await index.sync(connection())
    expect(await second(index)).toMatchObject({ leaves: 2, integrity: 'MISMATCH' })
    await index.close()
  })
})
