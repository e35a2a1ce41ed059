import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clear, DROP } from '../../lib/protocol/clearing/clear'
import { coverFrom, feeOf, type Margin, type MarketUnits } from '../../lib/protocol/clearing/margin'
import { bandOf, bookArbitrary, columnsOf, type TestBook } from '../fixtures/orderBook'

const TRADERS = 7
const amount = fc.oneof(fc.bigInt({ min: 0n, max: 400n }), fc.bigInt({ min: 0n, max: 1n << 60n }))
const units: fc.Arbitrary<MarketUnits> = fc.record({
  tickSize: fc.bigInt({ min: 1n, max: 7n }),
  lotSize: fc.bigInt({ min: 1n, max: 7n }),
  feeBps: fc.bigInt({ min: 0n, max: 1_000n }),
})
const margins: fc.Arbitrary<Margin[]> = fc.array(fc.record({ base: amount, quote: amount }), {
  minLength: TRADERS,
  maxLength: TRADERS,
})

/** Every order with a limit, as on chain, where a market order has its worst price. */
const books = bookArbitrary().map((book): TestBook => ({
  ...book,
  orders: book.orders.map((order) => ({ ...order, limit: order.limit ?? (order.sell ? 1 : 12) })),
}))

/** Section 11's step 3, lot by lot: as many as are still paid for. */
function naiveCover(book: TestBook, { tickSize, lotSize, feeBps }: MarketUnits, have: Margin, at: number): bigint {
  const { sell, limit, quantity } = book.orders[at]!
  let lots = 0n
  const costs = (count: bigint) => {
    const payment = count * BigInt(limit!) * tickSize
    return sell ? count * lotSize : payment + feeOf(payment, feeBps)
  }
  const budget = sell ? have.base : have.quote
  while (lots < BigInt(quantity) && costs(lots + 1n) <= budget) lots++
  return lots
}

describe('what margin covers, PROTOCOL.md section 11, step 3', () => {
  it('is the most lots whose payment and fee fit, first come first served', () => {
    const small = fc.tuple(books, units, margins).map(([book, unit, all]) => ({
      unit,
      book: { ...book, orders: book.orders.map((order) => ({ ...order, quantity: (order.quantity % 60) + 1 })) },
      all: all.map(({ base, quote }) => ({ base: base % 400n, quote: quote % 4_000n })),
    }))
    fc.assert(
      fc.property(small, ({ book, unit, all }) => {
        const cover = coverFrom(unit, columnsOf(book.orders), all)
        const left = all.map((margin) => ({ ...margin }))
        for (const [at, order] of book.orders.entries()) {
          const have = left[order.trader]!
          const most = naiveCover(book, unit, have, at)
          const least = order.fillOrKill ? order.quantity : Math.min(order.minFill, order.quantity)
          const expected = most < BigInt(least) ? 0n : most
          expect(BigInt(cover(at))).toBe(expected)
          const payment = expected * BigInt(order.limit!) * unit.tickSize
          if (order.sell) have.base -= expected * unit.lotSize
          else have.quote -= payment + feeOf(payment, unit.feeBps)
        }
      }),
    )
  })

  it('keeps every margin from falling below zero, at whatever price the batch clears', () => {
    fc.assert(
      fc.property(books, units, margins, (book, unit, all) => {
        const columns = columnsOf(book.orders)
        const { price, fills, drops } = clear(columns, book.last, bandOf(book), {
          cover: coverFrom(unit, columns, all),
        })
        const left = all.map((margin) => ({ ...margin }))
        for (const [at, { trader, sell, fillOrKill }] of book.orders.entries()) {
          if (drops[at] === DROP.uncovered) expect(fillOrKill).toBe(true)
          const payment = BigInt(fills[at]!) * BigInt(price ?? 0) * unit.tickSize
          const have = left[trader]!
          if (sell) have.base -= BigInt(fills[at]!) * unit.lotSize
          else have.quote -= payment + feeOf(payment, unit.feeBps)
        }
        for (const { base, quote } of left) expect([base >= 0n, quote >= 0n]).toEqual([true, true])
      }),
      { numRuns: 1_000 },
    )
  })

  it('is nothing for a trader without any', () => {
    const columns = columnsOf([{ trader: 3, sell: true, limit: 5, quantity: 1, minFill: 0, fillOrKill: false }])
    expect(coverFrom({ tickSize: 1n, lotSize: 1n, feeBps: 0n }, columns, [])(0)).toBe(0)
  })
})
