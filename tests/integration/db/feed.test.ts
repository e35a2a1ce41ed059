import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { pruneFeed } from '../../../lib/db/appendFeed'
import { closeDatabase, openDatabase, type Database } from '../../../lib/db/client'
import { newestFeedId, oldestFeedId, readFeed } from '../../../lib/db/feed'
import { listenFeed } from '../../../lib/db/listenFeed'
import { migrate } from '../../../lib/db/migrate'
import { applyBlock, rollbackTo } from '../../../lib/db/blocks'
import { beginSync } from '../../../lib/db/sync'
import { toRows } from '../../../lib/indexer/toRows'
import { startPostgres, withClient, type TestPostgres } from '../../fixtures/postgres'
import { ADDRESS, auctionCreated, bidPlaced, deposited, DOMAIN, hash } from './events'

let postgres: TestPostgres
let url: string
let db: Database
const target = {
  ...{ chainId: DOMAIN.chainId, startBlock: 1n, auctions: DOMAIN.contract, book: ADDRESS.other },
  registry: ADDRESS.registry,
  ...{
    verifier: ADDRESS.registry,
    demoToken: null,
    demoBase: null,
    demoLots: null,
    demoEditions: null,
    simulated: true,
  },
}
const checked = { logCount: 1, logCheck: 'VERIFIED' } as const
const block = (number: number) => {
  return { number: BigInt(number), hash: hash(number), parentHash: hash(number - 1), time: BigInt(number), ...checked }
}
const blockWith = (number: number, events: ReturnType<typeof deposited>[]) => {
  const placed = events.map((event, logIndex) => {
    return { ...event, blockNumber: BigInt(number), blockHash: hash(number), logIndex }
  })
  return [block(number), toRows(DOMAIN, placed, new Map())] as const
}

const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 120_000, interval: 20 })

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

beforeEach(async () => {
  url = await postgres.createDatabase()
  await migrate(url)
  db = openDatabase(url)
  await beginSync(db, null, target, { number: 1n, time: 1n })
  return () => closeDatabase(db)
})

async function fill(): Promise<void> {
  const created = auctionCreated(0, { closesAt: 100n, seller: ADDRESS.seller })
  await applyBlock(db, null, ...blockWith(1, [created, bidPlaced(0, 0), deposited()]), null)
  await applyBlock(db, null, ...blockWith(2, []), hash(1))
  await rollbackTo(db, null, block(1))
  await rollbackTo(db, null, null)
}

test('every block, event and rollback is an entry, in order, and stays when its block goes', async () => {
  expect([await oldestFeedId(db), await newestFeedId(db)]).toEqual([null, null])
  await fill()
  const entries = await readFeed(db, { afterId: 0n, limit: 100 })
  const id = hash(1_000)
  const room = { marketId: null, batchId: null }
  expect(entries.map(({ id: _id, createdAt: _createdAt, ...rest }) => rest)).toEqual([
    {
      ...room,
      kind: 'AuctionCreated',
      auctionId: id,
      account: ADDRESS.seller,
      seq: null,
      blockNumber: 1n,
      blockHash: hash(1),
    },
    { ...room, kind: 'BidPlaced', auctionId: id, account: ADDRESS.bidder, seq: 0, blockNumber: 1n, blockHash: hash(1) },
    {
      ...room,
      kind: 'Deposited',
      auctionId: null,
      account: ADDRESS.bidder,
      seq: null,
      blockNumber: 1n,
      blockHash: hash(1),
    },
    { ...room, kind: 'Block', auctionId: null, account: null, seq: null, blockNumber: 2n, blockHash: hash(2) },
    { ...room, kind: 'Rollback', auctionId: null, account: null, seq: null, blockNumber: 1n, blockHash: hash(1) },
    { ...room, kind: 'Rollback', auctionId: null, account: null, seq: null, blockNumber: 0n, blockHash: null },
  ])
  expect(entries.map(({ id }) => id)).toEqual([...entries.map(({ id }) => id)].sort((a, b) => Number(a - b)))

  const page = await readFeed(db, { afterId: entries[1]!.id, limit: 2 })
  expect(page).toEqual(entries.slice(2, 4))
  expect(await oldestFeedId(db)).toBe(entries[0]!.id)
  expect(await newestFeedId(db)).toBe(entries[5]!.id)
})

test('the oldest entries are dropped, the newest kept', async () => {
  await fill()
  const before = await readFeed(db, { afterId: 0n, limit: 100 })
  expect(await pruneFeed(db, 2n)).toBe(4)
  expect(await readFeed(db, { afterId: 0n, limit: 100 })).toEqual(before.slice(4))
  expect(await pruneFeed(db, 2n)).toBe(0)
})

test('another deployment takes everything back', async () => {
  await fill()
  await beginSync(db, null, { ...target, startBlock: 5n }, { number: 9n, time: 1n })
  const entries = await readFeed(db, { afterId: 0n, limit: 100 })
  expect(entries.at(-1)).toMatchObject({ kind: 'Rollback', blockNumber: 4n, blockHash: null })
})

test('listeners hear of each commit by its last id, also after their connection was cut', async () => {
  const heard: (bigint | null)[] = []
  const errors: unknown[] = []
  const listener = listenFeed(
    url,
    (id) => heard.push(id),
    (error) => errors.push(error),
  )
  await waitFor(() => expect(heard).toHaveLength(1))
  expect(heard).toEqual([null])
  await fill()
  const ids = (await readFeed(db, { afterId: 0n, limit: 100 })).map(({ id }) => id)
  await waitFor(() => expect(heard).toHaveLength(5))
  expect(heard).toEqual([null, ids[2], ids[3], ids[4], ids[5]])

  await withClient(url, (client) =>
    client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`),
  )
  await waitFor(() => expect(heard).toHaveLength(6))
  expect(heard[5]).toBeNull()
  expect(errors).toHaveLength(1)
  await applyBlock(db, null, ...blockWith(1, [deposited()]), null)
  await waitFor(() => expect(heard).toHaveLength(7))
  expect(heard[6]).toBe(await newestFeedId(db))
  await listener.stop()
})

test('a listener can be stopped while the database is away', async () => {
  const errors: unknown[] = []
  const listener = listenFeed(
    'postgresql://postgres@127.0.0.1:1/none',
    () => undefined,
    (error) => errors.push(error),
  )
  await waitFor(() => expect(errors).not.toHaveLength(0))
  await listener.stop()
})
