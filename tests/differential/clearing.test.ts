import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clear, DROP, type Clearing } from '../../lib/protocol/clearing/clear'
import { UINT32_MAX } from '../../lib/protocol/constants'
import { coverFrom } from '../../lib/protocol/clearing/margin'
import { bandOf, bookArbitrary, columnsOf, isMarket, worstPrice, type TestBook } from '../fixtures/orderBook'
import { naiveClear, type NaiveClearing, type NaiveMoney } from './naiveClearing'

const REASONS: Record<number, string | null> = {
  [DROP.none]: null,
  [DROP.selfTrade]: 'self-trade',
  [DROP.tooManyConditional]: 'too-many-conditional',
  [DROP.fillOrKill]: 'fill-or-kill',
  [DROP.minFill]: 'min-fill',
  [DROP.uncovered]: 'uncovered',
  [DROP.cut]: 'cut',
  [DROP.crowdedOut]: 'crowded-out',
}

const big = (value: number | null) => (value === null ? null : BigInt(value))

function asNaive({ price, volume, lastPrice, fills, drops }: Clearing): NaiveClearing {
  return {
    price: big(price),
    volume: BigInt(volume),
    last: big(lastPrice),
    fills: [...fills].map(BigInt),
    out: [...drops].map((reason) => REASONS[reason]!),
  }
}

type Limits = { money?: NaiveMoney | null; maxFills?: number | null }

function ask(book: TestBook, { money = null, maxFills = null }: Limits): NaiveClearing {
  const columns = columnsOf(book.orders)
  const cover = money ? { cover: coverFrom(money, columns, money.margins) } : {}
  return asNaive(clear(columns, book.last, bandOf(book), { ...cover, maxFills }))
}

function askNaive({ last, width, orders }: TestBook, { money = null, maxFills = null }: Limits): NaiveClearing {
  return naiveClear({
    ...{ last: big(last), width: big(width), money, maxFills: big(maxFills) },
    orders: orders.map((order) => ({
      ...{ trader: order.trader, sell: order.sell, fillOrKill: order.fillOrKill },
      ...{ price: BigInt(worstPrice(order)), market: isMarket(order) },
      ...{ quantity: BigInt(order.quantity), minFill: BigInt(order.minFill) },
    })),
  })
}

function agrees(book: TestBook, limits: Limits = {}): void {
  expect(ask(book, limits)).toEqual(askNaive(book, limits))
}

const money: fc.Arbitrary<NaiveMoney> = fc.record({
  tickSize: fc.bigInt({ min: 1n, max: 3n }),
  lotSize: fc.bigInt({ min: 1n, max: 3n }),
  feeBps: fc.bigInt({ min: 0n, max: 1_000n }),
  margins: fc.array(fc.record({ base: fc.bigInt({ min: 0n, max: 20n }), quote: fc.bigInt({ min: 0n, max: 150n }) }), {
    minLength: 7,
    maxLength: 7,
  }),
})

describe('clearing against a second, literal reading of section 11', () => {
  it('gives the same price, fills and reasons on small crowded books', () => {
    fc.assert(
      fc.property(bookArbitrary(), (book) => agrees(book)),
      { numRuns: 1_500 },
    )
  })

  it('gives the same where every order is a trader’s only one', () => {
    fc.assert(
      fc.property(bookArbitrary({ ownTrader: true }), (book) => agrees(book)),
      { numRuns: 1_500 },
    )
  })

  it('gives the same where orders are crowded out, and let in again behind those that are left out', () => {
    const books = bookArbitrary({ ownTrader: true, maxLength: 40 })
    fc.assert(
      fc.property(books, fc.integer({ min: 4, max: 23 }), (book, maxFills) => agrees(book, { maxFills })),
      { numRuns: 2_000 },
    )
  })

  it('gives the same where margins cut orders', () => {
    const small = bookArbitrary().map((book) => ({
      ...book,
      orders: book.orders.map((order) => ({ ...order, quantity: 1 + (order.quantity % 12), limit: order.limit ?? 6 })),
    }))
    fc.assert(
      fc.property(small, money, fc.constantFrom(null, 8, 16), (book, given, maxFills) =>
        agrees(book, { money: given, maxFills }),
      ),
      { numRuns: 2_000 },
    )
  })

  it('gives the same over the whole range of prices', () => {
    const price = fc.integer({ min: 1, max: UINT32_MAX })
    const wide = bookArbitrary({ ownTrader: true }).chain((book) =>
      fc
        .tuple(fc.array(price, { minLength: book.orders.length, maxLength: book.orders.length }), price, price)
        .map(([limits, last, width]) => ({
          last,
          width,
          orders: book.orders.map((order, at) => ({ ...order, limit: order.limit === null ? null : limits[at]! })),
        })),
    )
    fc.assert(
      fc.property(wide, (book) => agrees(book)),
      { numRuns: 1_000 },
    )
  })

  it('considers the oldest 256 orders with terms', () => {
    const orders = Array.from({ length: 600 }, (_, at) => ({
      ...{ trader: at, sell: at % 2 === 1, limit: 10 + (at % 3), quantity: 1 + (at % 5), minFill: at % 4 },
      fillOrKill: at % 7 === 0,
    }))
    const book: TestBook = { last: 10, width: 5, orders }
    const found = ask(book, {})
    expect(found.out.filter((reason) => reason === 'too-many-conditional').length).toBeGreaterThan(100)
    expect(found).toEqual(askNaive(book, {}))
  })
})
