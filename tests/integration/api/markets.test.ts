import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { keccak256 } from 'viem'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { GET as getMarketAccount } from '../../../app/api/v1/markets/[id]/accounts/[address]/route'
import { GET as getCarried } from '../../../app/api/v1/markets/[id]/batches/[batchId]/carried/route'
import { GET as getBatch } from '../../../app/api/v1/markets/[id]/batches/[batchId]/route'
import { GET as listBatches } from '../../../app/api/v1/markets/[id]/batches/route'
import { GET as getCandles } from '../../../app/api/v1/markets/[id]/candles/route'
import { GET as listOrders } from '../../../app/api/v1/markets/[id]/orders/route'
import { GET as getMarket } from '../../../app/api/v1/markets/[id]/route'
import { GET as listTrades } from '../../../app/api/v1/markets/[id]/trades/route'
import { GET as listMarkets } from '../../../app/api/v1/markets/route'
import { MARKET_ENDPOINTS } from '../../../app/api/v1/_lib/marketEndpoints'
import { readMarket } from '../../../lib/chain/book/marketState'
import { readDeadline } from '../../../lib/chain/book/reads'
import { CARRIED_LISTS } from '../../../lib/indexer/bundles/carriedSource'
import { fetchDueFiles } from '../../../lib/indexer/bundles/followFiles'
import { carriedHash } from '../../../lib/protocol/book/carried'
import { DISPOSITION } from '../../../lib/protocol/book/disposition'
import { carriedResponseSchema } from '../../../app/api/v1/_schemas/batch'
import { accumulate } from '../../../lib/protocol/auction/accumulator'
import { CREATOR } from '../indexer/marketPlace'
import { BOTH, BUYING, openMarketWorld, SELLING, type MarketWorld } from './marketWorld'
import { at, everyPage, read, readError, url } from './requests'
import { address, marketRequests } from './marketRequests'

let world: MarketWorld
let id: string
let ask: ReturnType<typeof marketRequests>

beforeAll(async () => {
  world = await openMarketWorld()
  id = world.market.id
  ask = marketRequests(id)
})
afterAll(() => world.close())

describe('a market whose first batch is final and whose second was struck', () => {
  test('is shown as the contract has it', async () => {
    const shown = await ask.market()
    const stored = await readMarket(world.place.connection, world.place.deployment, world.market.id)
    expect(shown).toMatchObject({
      creator: address(CREATOR),
      base: { symbol: 'GRAIN', decimals: 6 },
      quote: { symbol: 'DUSD', decimals: 6 },
      lastPrice: 100,
      band: { low: 90, high: 110 },
      round: 2,
      toSettle: 2,
      toFinalize: null,
      counts: { batches: 2, orders: 4, cancellations: 1, fills: 2, traders: 3 },
      all: { lots: '7', paid: '7000', batches: 1 },
      day: { lots: '7', paid: '7000', batches: 1 },
      feesEarned: '42',
      integrity: 'verified',
    })
    expect(stored).toMatchObject({ lastPrice: 100, strikes: 1, head: 2n, toSettle: 2n, tail: 2n })
    expect(shown.current).toEqual({
      batchId: 3,
      startsAt: Number(world.market.startsAt) + 2_000,
      endsAt: Number(world.market.startsAt) + 3_000,
    })
    expect(shown.batch).toMatchObject({ batchId: 3, keyId: null, orders: 0, cancellations: 0 })
  })

  test('lists them by activity, by token and by trader', async () => {
    const ids = async (query: string) => (await ask.markets(query)).markets.map((entry) => entry.id)
    const [active, quiet] = [world.market.id, world.quiet.id]
    const { base, quote } = world.place.tokens
    for (const [query, found] of [
      ['', [active, quiet]],
      ['sort=newest', [active, quiet]],
      [`base=${base}`, [active]],
      [`quote=${base.toLowerCase()}`, [quiet]],
      [`base=${quote}&quote=${base}`, [quiet]],
      [`creator=${address(CREATOR)}`, [active, quiet]],
      [`creator=${address(1)}`, []],
      [`trader=${address(SELLING)}`, [active]],
      [`trader=${address(1)}`, []],
    ] as const)
      expect(await ids(query), query).toEqual(found)
    for (const sort of ['active', 'newest']) {
      const pages = await everyPage((query) => ask.markets(`sort=${sort}&${query}`), 1)
      expect(pages.flatMap((page) => page.markets.map((entry) => entry.id))).toEqual([active, quiet])
    }
  })

  test('gives each batch its status, and what was taken back', async () => {
    const { batches: all } = await ask.batches()
    expect(all.map(({ batchId, status, strikes }) => [batchId, status, strikes])).toEqual([
      [2, 'struck', 1],
      [1, 'final', 0],
    ])
    expect((await everyPage(ask.batches, 1)).flatMap((page) => page.batches)).toEqual(all)
    expect((await ask.batches('traded=true')).batches.map(({ batchId }) => batchId)).toEqual([1])
    expect((await ask.batches('traded=false')).batches.map(({ batchId }) => batchId)).toEqual([2])
    const { batch: first, fills, struck } = await ask.batch(1)
    expect(first).toMatchObject({ leaves: 4, orders: 3, cancellations: 1, integrity: 'verified', voided: null })
    expect(first.settlement).toMatchObject({ round: 1, price: 100, lots: '7', paid: '7000', fillCount: 2 })
    expect(first.finalized).toMatchObject({ fees: '42' })
    expect(struck).toEqual([])
    expect(fills.map(({ leaf }) => leaf)).toEqual([world.sell.leaf, world.buy.leaf].sort())
    expect(fills.find(({ sell }) => sell)).toMatchObject({
      ...{ trader: address(SELLING), lots: 7, price: 100, payment: '7000', fee: '21', final: true, placedIn: 1 },
    })
    const second = await ask.batch(2)
    expect(second.batch).toMatchObject({ status: 'struck', settlement: null })
    expect(second.fills).toEqual([])
    expect(second.struck).toMatchObject([{ round: 1, price: 105, lots: '3' }])
    expect(second.struck[0]!.struck.blockNumber).toBeGreaterThan(second.struck[0]!.origin.blockNumber)
    // A strike gives the whole time anew, from itself on and not from the batch's end.
    const { connection, deployment } = world.place
    const deadline = await readDeadline(connection, deployment, world.market.id, 2n)
    expect(second.batch.settleBy).toBe(Number(deadline))
    expect(second.batch.settleBy).toBe(second.struck[0]!.struck.time + 1_500)
    expect(second.batch.settleBy).toBeGreaterThanOrEqual(second.batch.endsAt + 60 + 1_500)
  })

  test('has every leaf of a batch, page by page, folding to its accumulator', async () => {
    const pages = await everyPage((query) => ask.batch(1, query), 2)
    const leaves = pages.flatMap((page) => page.leaves)
    expect(leaves.map(({ kind, seq }) => [kind, seq])).toEqual([
      ['order', 0],
      ['order', 1],
      ['order', 2],
      ['cancellation', 3],
    ])
    expect(accumulate(leaves.map(({ leaf }) => leaf))).toBe(pages[0]!.batch.acc)
    for (const leaf of leaves) if (leaf.kind === 'order') expect(keccak256(leaf.sealed)).toBe(leaf.sealedHash)
  })

  test('tells a trader what became of his orders', async () => {
    const { orders: own } = await ask.orders(`trader=${address(BOTH)}`)
    expect(own.map(({ order }) => [order.batchId, order.cancelledIn, order.filled])).toEqual([
      [2, null, '0'],
      [1, 1, '0'],
    ])
    expect(own[1]!.cancellation).toMatchObject({ cancelledLeaf: world.taken.leaf, batchId: 1, seq: 3 })
    expect((await ask.orders(`trader=${address(SELLING)}`)).orders).toMatchObject([
      {
        order: { leaf: world.sell.leaf, filled: '7', cancelledIn: null },
        fills: [{ batchId: 1, lots: 7, sell: true }],
      },
    ])
    expect((await everyPage(ask.orders, 1)).flatMap((page) => page.orders)).toEqual((await ask.orders()).orders)
    expect((await ask.orders()).orders).toHaveLength(4)
  })

  test('shows what traded, and not what was taken back', async () => {
    expect((await ask.trades()).trades.map(({ batchId }) => batchId)).toEqual([1, 1])
    expect((await everyPage(ask.trades, 1)).flatMap((page) => page.trades)).toEqual((await ask.trades()).trades)
    expect((await ask.trades(`trader=${address(BUYING)}`)).trades).toMatchObject([{ sell: false, lots: 7 }])
    expect((await ask.trades(`trader=${address(BOTH)}`)).trades).toEqual([])
    const shown = { open: 100, high: 100, low: 100, close: 100, lots: '7', paid: '7000', batches: 1, final: true }
    const { candles: all } = await ask.candles()
    expect(all).toMatchObject([shown])
    const end = Number(world.market.startsAt) + 1_000
    expect(all[0]!.time).toBe(Math.floor((end - 1) / 60) * 60)
    expect((await ask.candles('interval=86400')).candles).toMatchObject([shown])
    expect((await ask.candles(`before=${all[0]!.time}`)).candles).toEqual([])
  })
})

describe('the list of what became of a batch’s orders', () => {
  const forged = () => world.carried.map((row) => ({ ...row, disposition: DISPOSITION.rests }))
  let served: unknown
  let asked: string[]
  let server: Server
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '')
      if (served === null) response.writeHead(404)
      response.end(JSON.stringify(served))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => server.close())

  /** One round of asking the enclave, whatever was answered before. */
  async function fetchRound(answer: unknown): Promise<void> {
    served = answer
    asked = []
    const { db, log, metrics } = world.index
    await db.carriedList.updateMany({ data: { nextAttemptAt: new Date() } })
    const enclaveUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`
    const limits = { maxBytes: 10_000, timeoutMs: 20_000 }
    const context = { ...world.place, db, log, metrics, term: null, limits, enclaveUrl }
    await fetchDueFiles(context, CARRIED_LISTS, new AbortController().signal)
  }
  const kept = async () => (await world.index.db.carriedList.findMany()).map(({ state, attempts }) => [state, attempts])

  test('is not there before its enclave shows it, nor if that shows another one, which is said loudly', async () => {
    expect(await readError(ask.carried(1))).toMatchObject({ status: 404, code: 'LIST_NOT_HERE' })
    await fetchRound(null)
    // Batch 2 was struck: nobody is asked for what became of its orders.
    expect(asked).toEqual([`/base/v1/markets/${id}/batches/1/carried`])
    expect(await kept()).toEqual([['MISSING', 1]])
    expect((await ask.batch(1)).batch.settlement?.listed).toBe(false)
    for (const wrong of ['no list', { carried: [] }, { carried: forged() }, { carried: world.carried.toReversed() }])
      await fetchRound(wrong)
    expect(await kept()).toEqual([['WRONG_HASH', 5]])
    const said = world.index.logged.filter(({ level, msg }) => level === 'error' && msg === 'wrong carried list')
    expect(said.map((line) => (line as { reason?: string }).reason)).toEqual([
      'what was served is no list of orders',
      ...Array<unknown>(3).fill(expect.stringContaining('publishes another list than it signed for')),
    ])
    await fetchRound({ carried: [...world.carried, ...Array<object>(100).fill(world.carried[0]!)] })
    expect(await kept()).toEqual([['TOO_LONG', 6]])
    expect(await readError(ask.carried(1))).toMatchObject({ status: 404, code: 'LIST_NOT_HERE' })
  })

  test('is kept and served with its reasons, and hashes to what was signed', async () => {
    const { etag } = Object.fromEntries((await listBatches(url('x'), at({ id }))).headers)
    await fetchRound({ carriedHash: 'whatever', carried: world.carried })
    const answer = await read(carriedResponseSchema, ask.carried(1))
    expect(answer).toMatchObject({ batchId: 1, round: 1, carriedHash: carriedHash(answer.carried) })
    expect(answer.carried.map(({ leaf, filled, reason }) => [leaf, filled, reason])).toEqual([
      [world.sell.leaf, 7, 'cutRests'],
      [world.buy.leaf, 7, 'filled'],
      [world.taken.leaf, 0, 'cancelled'],
    ])
    expect((await ask.batch(1)).batch.settlement).toMatchObject({ carriedHash: answer.carriedHash, listed: true })
    // What readers kept is old, though no block came; and nobody is asked twice.
    expect((await listBatches(url('x'), at({ id }))).headers.get('etag')).not.toBe(etag)
    const feed = await world.index.db.feedEntry.findMany({ where: { kind: 'CarriedPublished' } })
    expect(feed).toMatchObject([{ marketId: id, batchId: 1n }])
    await fetchRound(null)
    expect(asked).toEqual([])
  })

  test('is that of a settlement that stands, of a batch that somebody used', async () => {
    expect(await readError(ask.carried(2))).toMatchObject({ status: 404, code: 'LIST_NOT_HERE' })
    expect(await readError(ask.carried(9))).toMatchObject({ status: 404, code: 'NOT_FOUND', field: 'batchId' })
  })
})

describe('every answer', () => {
  // An answer says in steps of 15 seconds when the indexer last looked: no step may fall between two requests.
  beforeAll(() => {
    vi.setSystemTime(Date.now())
  })
  afterAll(() => {
    vi.useRealTimers()
  })

  const handlers: Record<string, (request: Request, context: never) => Promise<Response>> = {
    '/markets': listMarkets,
    '/markets/{id}': getMarket,
    '/markets/{id}/batches': listBatches,
    '/markets/{id}/batches/{batchId}': getBatch,
    '/markets/{id}/batches/{batchId}/carried': getCarried,
    '/markets/{id}/candles': getCandles,
    '/markets/{id}/trades': listTrades,
    '/markets/{id}/orders': listOrders,
    '/markets/{id}/accounts/{address}': getMarketAccount,
  }
  const params: Record<string, () => object> = {
    '{id}': () => ({ id }),
    '{batchId}': () => ({ batchId: '1' }),
    '{address}': () => ({ address: address(BOTH) }),
  }
  const ask = (path: string, headers = {}) => {
    const own = Object.entries(params).flatMap(([part, value]) => (path.includes(part) ? value() : []))
    const request = new Request(`http://subrosa.test/api/v1${path}`, { headers })
    return handlers[path]!(request, at(Object.assign({}, ...own)) as never)
  }

  test.each(MARKET_ENDPOINTS.map((endpoint) => [endpoint.path, endpoint] as const))(
    '%s says what the document says, no more and no less, and 304 until something changes',
    async (path, endpoint) => {
      const response = await ask(path)
      const body: unknown = await response.json()
      expect(response.status, JSON.stringify(body)).toBe(200)
      // Parsing drops what a schema does not know: nothing may be dropped.
      expect(endpoint.response.parse(body)).toEqual(body)
      const etag = response.headers.get('etag')!
      expect(etag).toMatch(/^"[^"]+"$/)
      expect((await ask(path, { 'if-none-match': etag })).status).toBe(304)
      expect((await ask(path, { 'if-none-match': '"other"' })).status).toBe(200)
    },
  )
})

describe('what is refused', () => {
  test.each([
    ['an unknown market', () => getMarket(url('x'), at({ id: `0x${'12'.repeat(32)}` })), 404, 'id'],
    ['an id that is none', () => getMarket(url('x'), at({ id: '0x12' })), 400, 'id'],
    ['a batch that nobody used', () => getBatch(url('x'), at({ id, batchId: '9' })), 404, 'batchId'],
    ['a batch 0', () => getBatch(url('x'), at({ id, batchId: '0' })), 400, 'batchId'],
    ['a cursor of another list', () => listTrades(url('x?cursor=eyJzZXEiOjF9'), at({ id })), 400, 'cursor'],
    ['an interval that there is not', () => getCandles(url('x?interval=61'), at({ id })), 400, 'interval'],
    ['a sort that there is not', () => listMarkets(url('x?sort=depth')), 400, 'sort'],
    ['a parameter that there is not', () => listOrders(url('x?side=sell'), at({ id })), 400, 'side'],
  ] as const)('%s', async (_what, ask, status, field) => {
    expect(await readError(ask())).toMatchObject({ status, field })
  })
})
