import { keccak256 } from 'viem'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { GET as getMarketAccount } from '../../../app/api/v1/markets/[id]/accounts/[address]/route'
import { GET as getBatch } from '../../../app/api/v1/markets/[id]/batches/[batchId]/route'
import { GET as listBatches } from '../../../app/api/v1/markets/[id]/batches/route'
import { GET as getCandles } from '../../../app/api/v1/markets/[id]/candles/route'
import { GET as listOrders } from '../../../app/api/v1/markets/[id]/orders/route'
import { GET as getMarket } from '../../../app/api/v1/markets/[id]/route'
import { GET as listTrades } from '../../../app/api/v1/markets/[id]/trades/route'
import { GET as listMarkets } from '../../../app/api/v1/markets/route'
import { GET as getStats } from '../../../app/api/v1/stats/route'
import { GET as getStatus } from '../../../app/api/v1/status/route'
import { GET as poll } from '../../../app/api/v1/stream/poll/route'
import {
  batchListResponseSchema,
  batchResponseSchema,
  orderListResponseSchema,
  tradesResponseSchema,
} from '../../../app/api/v1/_schemas/batch'
import {
  candlesResponseSchema,
  marketListResponseSchema,
  marketResponseSchema,
} from '../../../app/api/v1/_schemas/market'
import { marketAccountResponseSchema } from '../../../app/api/v1/_schemas/marketAccount'
import { statsResponseSchema } from '../../../app/api/v1/_schemas/stats'
import { statusResponseSchema } from '../../../app/api/v1/_schemas/status'
import { pollResponseSchema } from '../../../app/api/v1/_schemas/stream'
import { MARKET_ENDPOINTS } from '../../../app/api/v1/_lib/marketEndpoints'
import { readMarket } from '../../../lib/chain/book/marketState'
import { readBookBalance, readMargin, readWithdrawal } from '../../../lib/chain/book/reads'
import { localAccount } from '../../../lib/dev/accounts'
import { accumulate } from '../../../lib/protocol/auction/accumulator'
import { ENCLAVE } from '../indexer/auctionHouse'
import { CREATOR } from '../indexer/marketPlace'
import { BOTH, BUYING, openMarketWorld, SECOND_SIGNER, SELLING, type MarketWorld } from './marketWorld'
import { accountOf, at, everyPage, read, readError, url } from './requests'

let world: MarketWorld
let id: string

const address = (account: number) => localAccount(account).address
const market = async (of = id) => (await read(marketResponseSchema, getMarket(url('x'), at({ id: of })))).market
const markets = (query = '') => read(marketListResponseSchema, listMarkets(url(`markets?${query}`)))
const batches = (query = '') => read(batchListResponseSchema, listBatches(url(`x?${query}`), at({ id })))
const batch = (batchId: number, query = '') =>
  read(batchResponseSchema, getBatch(url(`x?${query}`), at({ id, batchId: String(batchId) })))
const trades = (query = '') => read(tradesResponseSchema, listTrades(url(`x?${query}`), at({ id })))
const orders = (query = '') => read(orderListResponseSchema, listOrders(url(`x?${query}`), at({ id })))
const candles = (query = '') => read(candlesResponseSchema, getCandles(url(`x?${query}`), at({ id })))
const trader = (account: number, query = '') =>
  read(marketAccountResponseSchema, getMarketAccount(url(`x?${query}`), at({ id, address: address(account) })))

const inText = ({ base, quote }: { base: bigint; quote: bigint }) => ({ base: String(base), quote: String(quote) })
const onChain = async (account: number) => {
  const { connection, deployment } = world.place
  return inText(await readMargin(connection, deployment, world.market.id, address(account)))
}
const balanceOnChain = async (token: `0x${string}`, account: number) =>
  String(await readBookBalance(world.place.connection, world.place.deployment, token, address(account)))

beforeAll(async () => {
  world = await openMarketWorld()
  id = world.market.id
}, 120_000)
afterAll(() => world.close())

describe('a market whose first batch is final and whose second was struck', () => {
  test('is shown as the contract has it', async () => {
    const shown = await market()
    const stored = await readMarket(world.place.connection, world.place.deployment, world.market.id)
    expect(shown).toMatchObject({
      creator: address(CREATOR),
      base: { symbol: 'GRAIN', decimals: 6 },
      quote: { symbol: 'DUSD', decimals: 6 },
      lastPrice: 100,
      band: { low: 90, high: 110 },
      exit: { voids: 0, after: 3, open: false },
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
    const ids = async (query: string) => (await markets(query)).markets.map((entry) => entry.id)
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
      const pages = await everyPage((query) => markets(`sort=${sort}&${query}`), 1)
      expect(pages.flatMap((page) => page.markets.map((entry) => entry.id))).toEqual([active, quiet])
    }
  })

  test('gives each batch its status, and what was taken back', async () => {
    const { batches: all } = await batches()
    expect(all.map(({ batchId, status, strikes }) => [batchId, status, strikes])).toEqual([
      [2, 'struck', 1],
      [1, 'final', 0],
    ])
    expect((await everyPage(batches, 1)).flatMap((page) => page.batches)).toEqual(all)
    expect((await batches('traded=true')).batches.map(({ batchId }) => batchId)).toEqual([1])
    expect((await batches('traded=false')).batches.map(({ batchId }) => batchId)).toEqual([2])
    const { batch: first, fills, struck } = await batch(1)
    expect(first).toMatchObject({ leaves: 4, orders: 3, cancellations: 1, integrity: 'verified', voided: null })
    expect(first.settlement).toMatchObject({ round: 1, price: 100, lots: '7', paid: '7000', fillCount: 2 })
    expect(first.finalized).toMatchObject({ fees: '42' })
    expect(struck).toEqual([])
    expect(fills.map(({ leaf }) => leaf)).toEqual([world.sell.leaf, world.buy.leaf].sort())
    expect(fills.find(({ sell }) => sell)).toMatchObject({
      ...{ trader: address(SELLING), lots: 7, price: 100, payment: '7000', fee: '21', final: true, placedIn: 1 },
    })
    const second = await batch(2)
    expect(second.batch).toMatchObject({ status: 'struck', settlement: null })
    expect(second.fills).toEqual([])
    expect(second.struck).toMatchObject([{ round: 1, price: 105, lots: '3' }])
    expect(second.struck[0]!.struck.blockNumber).toBeGreaterThan(second.struck[0]!.origin.blockNumber)
    // A strike gives the whole time anew, from itself on and not from the batch's end.
    const { extendedUntil } = (await readMarket(world.place.connection, world.place.deployment, world.market.id))!
    expect(second.batch.settleBy).toBe(Number(extendedUntil))
    expect(second.batch.settleBy).toBe(second.struck[0]!.struck.time + 1_500)
    expect(second.batch.settleBy).toBeGreaterThanOrEqual(second.batch.endsAt + 60 + 1_500)
  })

  test('has every leaf of a batch, page by page, folding to its accumulator', async () => {
    const pages = await everyPage((query) => batch(1, query), 2)
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
    const { orders: own } = await orders(`trader=${address(BOTH)}`)
    expect(own.map(({ order }) => [order.batchId, order.cancelledIn, order.filled])).toEqual([
      [2, null, '0'],
      [1, 1, '0'],
    ])
    expect(own[1]!.cancellation).toMatchObject({ cancelledLeaf: world.taken.leaf, batchId: 1, seq: 3 })
    expect((await orders(`trader=${address(SELLING)}`)).orders).toMatchObject([
      {
        order: { leaf: world.sell.leaf, filled: '7', cancelledIn: null },
        fills: [{ batchId: 1, lots: 7, sell: true }],
      },
    ])
    expect((await everyPage(orders, 1)).flatMap((page) => page.orders)).toEqual((await orders()).orders)
    expect((await orders()).orders).toHaveLength(4)
  })

  test('shows what traded, and not what was taken back', async () => {
    expect((await trades()).trades.map(({ batchId }) => batchId)).toEqual([1, 1])
    expect((await everyPage(trades, 1)).flatMap((page) => page.trades)).toEqual((await trades()).trades)
    expect((await trades(`trader=${address(BUYING)}`)).trades).toMatchObject([{ sell: false, lots: 7 }])
    expect((await trades(`trader=${address(BOTH)}`)).trades).toEqual([])
    const shown = { open: 100, high: 100, low: 100, close: 100, lots: '7', paid: '7000', batches: 1, final: true }
    const { candles: all } = await candles()
    expect(all).toMatchObject([shown])
    const end = Number(world.market.startsAt) + 1_000
    expect(all[0]!.time).toBe(Math.floor((end - 1) / 60) * 60)
    expect((await candles('interval=86400')).candles).toMatchObject([shown])
    expect((await candles(`before=${all[0]!.time}`)).candles).toEqual([])
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

describe('money', () => {
  test('is what the contract has, and what settled batches will make of it', async () => {
    await world.place.settle(world.market, 2n, 105, world.second, SECOND_SIGNER)
    await world.index.sync()
    for (const account of [SELLING, BUYING, BOTH])
      expect((await trader(account)).money.final).toEqual(await onChain(account))
    const { money } = await trader(BOTH)
    // Two lots of 1,000 base units at 105 ticks of 10, and the fee of 30 hundredths of a percent, rounded up.
    expect(money.pending).toEqual({ base: '52000', quote: String(500_000 - 2_100 - 7) })
    expect(money.free).toEqual(money.pending)
    expect(money.withdrawal).toBeNull()
    expect((await market()).lastPrice).toBe(105)
  })

  test('that was asked for waits for its batch, and comes into the vault', async () => {
    const { connection, deployment } = world.place
    await world.request(BOTH, { base: 1_000n, quote: 0n })
    await world.request(BOTH, { base: 500n, quote: 7n })
    await world.index.sync()
    const { money } = await trader(BOTH)
    const stored = await readWithdrawal(connection, deployment, world.market.id, address(BOTH))
    expect(stored).toMatchObject({ base: 1_500n, quote: 7n })
    expect(money.withdrawal).toMatchObject({ base: '1500', quote: '7', batchId: Number(stored!.batchId), due: false })
    expect(money.free).toEqual({ base: '50500', quote: String(500_000 - 2_107 - 7) })
    const { settlement } = (await batch(2)).batch
    await world.place.moveTo(BigInt(settlement!.challengeUntil))
    await world.place.finalize(world.market, 2n, await fillsOf(2))
    await world.place.moveToEndOf(world.market, stored!.batchId)
    await world.index.sync()
    expect((await trader(BOTH)).money.withdrawal).toMatchObject({ due: true })
    await world.payOut(0, address(BOTH))
    await world.index.sync()
    const after = await trader(BOTH)
    expect(after.money.withdrawal).toBeNull()
    expect(after.money.final).toEqual(await onChain(BOTH))
    const { base, quote } = world.place.tokens
    expect(after.money.balances).toEqual({
      base: await balanceOnChain(base, BOTH),
      quote: await balanceOnChain(quote, BOTH),
    })
    expect(after.money.balances).toEqual({ base: '1500', quote: '7' })
    // The creator's fees are in the vault, too.
    const creator = await accountOf(address(CREATOR))
    expect(creator.book.balances).toEqual([{ token: quote, available: await balanceOnChain(quote, CREATOR) }])
  })

  test('moves in lines of activity, newest first', async () => {
    const { activity } = await trader(BOTH)
    expect(activity.map(({ kind }) => kind)).toEqual([
      ...['MarginWithdrawn', 'WithdrawalRequested', 'WithdrawalRequested', 'Filled', 'OrderPlaced', 'OrderCancelled'],
      ...['OrderPlaced', 'MarginDeposited', 'MarginDeposited'],
    ])
    expect(activity[3]).toMatchObject({ base: '2000', quote: '-2107', leaf: world.later.leaf, batchId: 2 })
    expect(activity[5]).toMatchObject({ leaf: world.taken.leaf })
    expect(activity.at(-1)).toMatchObject({ base: '50000', quote: '0' })
    const pages = await everyPage((query) => trader(BOTH, query), 2)
    expect(pages.flatMap((page) => page.activity)).toEqual(activity)
  })

  test('shows with the account, whose other room knows nothing of it', async () => {
    const { book, balances, activity } = await accountOf(address(BOTH))
    expect(balances).toEqual([])
    expect(book.count).toBe(1)
    expect(book.markets).toMatchObject([
      { marketId: id, base: { symbol: 'GRAIN' }, money: { final: await onChain(BOTH) } },
    ])
    expect(activity[0]).toMatchObject({ kind: 'MarginWithdrawn', room: 'book', marketId: id, base: '1500', quote: '7' })
    expect((await trader(1)).money).toMatchObject({ final: { base: '0', quote: '0' }, withdrawal: null })
  })
})

describe('the rest', () => {
  test('void batches open the way out', async () => {
    const at3 = await world.place.place(world.market, SELLING)
    await world.place.moveToEndOf(world.market, at3.batchId + 3n)
    await world.index.sync()
    // Nobody has told the contract, which takes no settlement of it any more.
    expect((await batch(Number(at3.batchId))).batch).toMatchObject({ status: 'void', voided: null })
    expect((await market()).exit).toEqual({ voids: 1, after: 3, open: false })
    await world.place.voidLate(world.market)
    await world.index.sync()
    expect((await batch(Number(at3.batchId))).batch.voided).not.toBeNull()
    expect((await market()).exit).toEqual({ voids: 1, after: 3, open: false })
    for (const _round of [1, 2]) {
      const { batchId } = await world.place.place(world.market, SELLING)
      await world.place.moveToEndOf(world.market, batchId + 2n)
    }
    await world.index.sync()
    expect((await market()).exit).toEqual({ voids: 3, after: 3, open: true })
  })

  test('live updates name market and batch', async () => {
    const ask = (query: string) => read(pollResponseSchema, poll(url(`stream/poll?after=0-00000000&${query}`)))
    const { events } = await ask(`market=${id}&kinds=BatchSettled,BatchStruck,BatchFinalized,BatchVoided&limit=100`)
    const told = events.filter(({ kind }) => kind !== 'Rollback').map(({ kind, batchId }) => [kind, batchId])
    expect(told.slice(0, 5)).toEqual([
      ['BatchSettled', 1],
      ['BatchFinalized', 1],
      ['BatchSettled', 2],
      ['BatchStruck', 2],
      ['BatchSettled', 2],
    ])
    expect(events.every(({ marketId, kind }) => kind === 'Rollback' || marketId === id)).toBe(true)
    expect((await ask(`market=0x${'99'.repeat(32)}`)).events.filter(({ kind }) => kind !== 'Rollback')).toEqual([])
  })

  test('totals count both rooms', async () => {
    const status = await read(statusResponseSchema, getStatus(url('status')))
    expect(status).toMatchObject({ markets: 2, mismatches: 0, bids: 0 })
    expect(status.contracts.book).toBe(world.place.deployment.contracts.book)
    const { all, enclaves } = await read(statsResponseSchema, getStats(url('stats')))
    expect(all.book).toMatchObject({ markets: 2, cancellations: 1, traders: 3, settlements: 3, struck: 1 })
    expect(all.book.volumes).toMatchObject([{ token: world.place.tokens.quote, paid: '9100', batches: 2, fills: 4 }])
    expect(enclaves).toMatchObject([
      { signer: address(ENCLAVE), settlements: 2 },
      { signer: address(SECOND_SIGNER), settlements: 1 },
    ])
  })
})

async function fillsOf(batchId: number) {
  return (await batch(batchId)).fills.map(({ leaf, trader: owner, sell, lots }) => ({
    leaf,
    trader: owner,
    sell,
    lots,
  }))
}
