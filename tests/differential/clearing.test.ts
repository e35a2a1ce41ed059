import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clear, DROP, type Clearing } from '../../lib/protocol/clearing/clear'
import { UINT32_MAX } from '../../lib/protocol/constants'
import { bandOf, bookArbitrary, columnsOf, type TestBook } from '../fixtures/orderBook'
import { naiveClear, type NaiveClearing } from './naiveClearing'

const REASONS: Record<number, string | null> = {
  [DROP.none]: null,
  [DROP.selfTrade]: 'self-trade',
  [DROP.tooManyConditional]: 'too-many-conditional',
  [DROP.fillOrKill]: 'fill-or-kill',
  [DROP.minFill]: 'min-fill',
}

const big = (value: number | null) => (value === null ? null : BigInt(value))

function asNaive({ price, volume, lastPrice, fills, drops }: Clearing): NaiveClearing {
  return {
    price: big(price),
    volume: BigInt(volume),
    last: big(lastPrice),
    fills: [...fills].map(BigInt),
    dropped: [...drops].map((reason) => REASONS[reason]!),
  }
}

const ask = (book: TestBook) => asNaive(clear(columnsOf(book.orders), book.last, bandOf(book)))

const askNaive = ({ last, width, orders }: TestBook) =>
  naiveClear({
    last: big(last),
    width: big(width),
    orders: orders.map((order) => ({
      ...order,
      limit: big(order.limit),
      quantity: BigInt(order.quantity),
      minFill: BigInt(order.minFill),
    })),
  })

const agrees = (book: TestBook): void => {
  expect(ask(book)).toEqual(askNaive(book))
}

describe('clearing against a second, literal reading of section 11', () => {
  it('gives the same price, fills and reasons on small crowded books', () => {
    fc.assert(fc.property(bookArbitrary(), agrees), { numRuns: 1_500 })
  })

  it('gives the same where everyone is his own trader', () => {
    fc.assert(fc.property(bookArbitrary({ ownTrader: true }), agrees), { numRuns: 1_500 })
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
    fc.assert(fc.property(wide, agrees), { numRuns: 1_000 })
  })

  it('considers the oldest 256 orders with terms', () => {
    const orders = Array.from({ length: 600 }, (_, at) => ({
      ...{ trader: at, sell: at % 2 === 1, limit: 10 + (at % 3), quantity: 1 + (at % 5), minFill: at % 4 },
      fillOrKill: at % 7 === 0,
    }))
    const book: TestBook = { last: 10, width: 5, orders }
    const found = ask(book)
    expect(found.dropped.filter((reason) => reason === 'too-many-conditional').length).toBeGreaterThan(100)
    expect(found).toEqual(askNaive(book))
  })
})
