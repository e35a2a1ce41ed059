import { afterAll, beforeAll, expect, test } from 'vitest'
import { GET as getStream } from '../../../app/api/v1/stream/route'
import { GET as poll } from '../../../app/api/v1/stream/poll/route'
import { database } from '../../../app/api/v1/_lib/database'
import { StreamHub } from '../../../app/api/v1/_lib/stream/hub'
import { existingStreamHub } from '../../../app/api/v1/_lib/stream/sharedHub'
import { pollResponseSchema } from '../../../app/api/v1/_schemas/stream'
import { pruneFeed } from '../../../lib/db/appendFeed'
import { localAccount } from '../../../lib/dev/accounts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { until } from '../../fixtures/until'
import { openHouse, type House } from '../indexer/auctionHouse'
import { startLocalChain, type LocalChain } from '../indexer/localChain'
import { openIndex } from '../indexer/testIndex'
import { openClient, readStream } from './eventClient'
import { read, readError, url } from './requests'
import { serveFrom } from './serveFrom'

let postgres: TestPostgres
let chain: LocalChain
let house: House
let index: Awaited<ReturnType<typeof openIndex>>
let stopServing: () => Promise<void>

beforeAll(async () => {
  postgres = await startPostgres()
  chain = await startLocalChain(40)
  house = await openHouse(chain)
  index = await openIndex(postgres, house)
  stopServing = serveFrom(index.url)
})
afterAll(async () => {
  await stopServing()
  await index.close()
  await chain.stop()
  await postgres.stop()
})

const connect = (query = '', lastEventId?: string) => openClient(getStream, query, lastEventId)
const pollOnce = (query = '') => read(pollResponseSchema, poll(url(`stream/poll?${query}`)))

/** Everything after an id, page by page. */
async function pollAll(after: string, query = '') {
  const events = []
  for (let place = after; ;) {
    const page = await pollOnce(`after=${place}&limit=3${query}`)
    expect(page.reset).toBe(false)
    events.push(...page.events)
    place = page.lastEventId
    if (!page.more) return events
  }
}

test('what is indexed arrives, filtered, with the same ids as polls; a resumed stream repeats and loses nothing', async () => {
  await index.sync()
  const start = (await pollOnce()).lastEventId
  const all = await connect()
  const auction = await house.createAuction()
  const bidder = localAccount(4).address
  await house.placeBid(auction, 4, 10)
  await house.placeBid(auction, 5, 11)
  await index.sync()
  await until(() => Promise.resolve(all.kinds().filter((kind) => kind === 'BidPlaced').length === 2))

  const mine = await connect(`account=${bidder}&kinds=BidPlaced,BidCancelled`, start)
  const broken = await connect(`auction=${auction.id}`, start)
  await until(() => Promise.resolve(broken.events.length >= 3 && mine.events.length >= 1))
  broken.leave()
  await house.placeBid(auction, 6, 12)
  await index.sync()
  const resumed = await connect(`auction=${auction.id}`, broken.lastEventId())
  await until(() => Promise.resolve(resumed.events.length >= 1))

  const told = [...broken.events, ...resumed.events].map(({ id }) => id)
  expect(told).toEqual((await pollAll(start, `&auction=${auction.id}`)).map(({ id }) => id))
  expect(new Set(told).size).toBe(told.length)
  expect(mine.events).toEqual([
    expect.objectContaining({ kind: 'BidPlaced', account: bidder, auctionId: auction.id, seq: 0 }),
  ])
  await until(async () => all.events.length === (await pollAll(start)).length)
  expect(all.events).toEqual(await pollAll(start))
  for (const client of [all, mine, resumed]) client.leave()
  await until(() => Promise.resolve(existingStreamHub()?.size === 0))
})

test('a reorganisation is told as a rollback, to every stream', async () => {
  const elsewhere = await connect(`auction=0x${'00'.repeat(32)}&kinds=BidWon`)
  await chain.client.mine({ blocks: 2 })
  await index.sync()
  await chain.client.request({ method: 'anvil_reorg' as never, params: [2, []] as never })
  await chain.client.mine({ blocks: 1 })
  await index.sync()
  await until(() => Promise.resolve(elsewhere.events.length > 0))
  expect(elsewhere.kinds()).toContain('Rollback')
  elsewhere.leave()
})

test('an id that was pruned, is of another database or no id at all: reset, and on from now', async () => {
  const start = (await pollOnce()).lastEventId
  const [number, mark] = start.split('-') as [string, string]
  const other = `${number}-${mark === '00000001' ? '00000002' : '00000001'}`
  for (const id of [other, `${10n ** 17n}-${mark}`, 'nonsense']) {
    const client = await connect('', id)
    await until(() => Promise.resolve(client.resets() === 1))
    expect(client.events).toEqual([])
    client.leave()
  }
  expect(await pollOnce(`after=${other}`)).toMatchObject({ reset: true, events: [], lastEventId: start })

  await chain.client.mine({ blocks: 3 })
  await index.sync()
  await pruneFeed(index.db, 1n)
  expect(await pollOnce(`after=${start}`)).toMatchObject({ reset: true })
  const pruned = await connect('', start)
  await until(() => Promise.resolve(pruned.resets() === 1))
  pruned.leave()
  expect(await readError(getStream(url('stream?lastEventId=nonsense')))).toMatchObject({
    status: 400,
    field: 'lastEventId',
  })
  expect(await readError(getStream(url('stream?kinds=BidPlaced,Nothing')))).toMatchObject({
    status: 400,
    field: 'kinds',
  })
})

test('JSON is what a client gets that accepts nothing else', async () => {
  const request = new Request('http://subrosa.test/api/v1/stream', { headers: { accept: 'application/json' } })
  expect(await read(pollResponseSchema, getStream(request))).toMatchObject({ events: [], reset: false })
})

test('caps in all and per address, free again when a client leaves; heartbeats; an end in order', async () => {
  const hub = new StreamHub({
    ...{ db: database(), databaseUrl: index.url, log: { warn: () => undefined } },
    ...{ maxStreams: 3, maxPerAddress: 2, heartbeatMs: 40 },
  })
  const open = (address: string, signal = new AbortController().signal) => hub.open(address, {}, 'now', signal)
  const leaving = new AbortController()
  const first = readStream(await open('a'))
  // At once: none of them may slip through while another is being admitted.
  const rush = await Promise.allSettled([open('a', leaving.signal), open('a'), open('a')])
  expect(rush.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  await expect(open('a')).rejects.toMatchObject({ code: 'TOO_MANY_STREAMS', status: 429, retryAfter: 30 })
  await open('b')
  await expect(open('c')).rejects.toMatchObject({ code: 'TOO_MANY_STREAMS', status: 503, retryAfter: 30 })
  leaving.abort()
  await open('c')
  expect(hub.size).toBe(3)

  await until(() => Promise.resolve(first.heartbeats() >= 3))
  await hub.close()
  await first.ended
  expect(hub.size).toBe(0)
  await expect(open('d')).rejects.toMatchObject({ code: 'TOO_MANY_STREAMS' })
})
