import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clear, DROP } from '../../lib/protocol/clearing/clear'
import { accepts, ORDER_FLAG } from '../../lib/protocol/clearing/orders'
import {
  bandOf,
  bookArbitrary,
  columnsOf,
  isMarket,
  worstPrice as worst,
  type TestBook,
  type TestOrder,
} from '../fixtures/orderBook'

const run = (book: TestBook) => clear(columnsOf(book.orders), book.last, bandOf(book))
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
const trades = (order: TestOrder, p: number) => (order.sell ? worst(order) <= p : worst(order) >= p)
const isBetter = (a: TestOrder, b: TestOrder) => (a.sell ? worst(a) < worst(b) : worst(a) > worst(b))
const depth = (orders: TestOrder[], sell: boolean, p: number) =>
  sum(orders.filter((order) => order.sell === sell && trades(order, p)).map(({ quantity }) => quantity))

function check(books: fc.Arbitrary<TestBook>, property: (book: TestBook) => void, numRuns = 1_000): void {
  fc.assert(fc.property(books, property), { numRuns })
}

describe('clearing', () => {
  it('fills nobody beyond his limit or his quantity, and lets no trader meet himself', () => {
    check(bookArbitrary(), (book) => {
      const { price, fills, drops } = run(book)
      for (const [at, order] of book.orders.entries()) {
        expect(fills[at]).toBeLessThanOrEqual(order.quantity)
        if (fills[at] === 0) continue
        expect(drops[at]).toBe(DROP.none)
        expect(trades(order, price!)).toBe(true)
        const others = book.orders.filter((other, place) => other.trader === order.trader && fills[place]! > 0)
        expect(new Set(others.map(({ sell }) => sell)).size).toBe(1)
      }
    })
  })

  it('sells exactly what is bought, inside the band', () => {
    check(bookArbitrary(), (book) => {
      const { price, volume, lastPrice, fills } = run(book)
      const side = (sell: boolean) => sum([...fills].filter((_, at) => book.orders[at]!.sell === sell))
      expect([side(false), side(true)]).toEqual([volume, volume])
      expect(price === null).toBe(volume === 0)
      const band = bandOf(book)
      if (band && lastPrice !== null) {
        expect(lastPrice).toBeGreaterThanOrEqual(band.low)
        expect(lastPrice).toBeLessThanOrEqual(band.high)
      }
    })
  })

  it('trades the most that any price of the band allows', () => {
    // A market order's own worst price is no candidate, so with one of those more could trade where nobody looks.
    check(bookArbitrary({ terms: false, worst: false, ownTrader: true }), (book) => {
      const { low, high } = bandOf(book) ?? { low: 0, high: 16 }
      const hasLimit = book.orders.some((order) => !isMarket(order))
      // Market orders alone trade at the last price or not at all.
      const prices = hasLimit ? Array.from({ length: high - low + 1 }, (_, step) => low + step) : []
      if (!hasLimit && book.last !== null) prices.push(book.last)
      const volumes = prices.map((p) => Math.min(depth(book.orders, false, p), depth(book.orders, true, p)))
      expect(run(book).volume).toBe(Math.max(0, ...volumes))
    })
  })

  it('fills strictly better orders first, but for those that the band cuts off', () => {
    check(bookArbitrary({ terms: false, ownTrader: true }), (book) => {
      const { price, fills } = run(book)
      if (price === null) return
      const band = bandOf(book)
      for (const [at, order] of book.orders.entries()) {
        const isCutOff = band && price === (order.sell ? band.low : band.high)
        if (isCutOff || fills[at] === order.quantity || !trades(order, price)) continue
        for (const [place, other] of book.orders.entries()) {
          if (other.sell === order.sell && isBetter(order, other)) expect(fills[place]).toBe(0)
        }
      }
    })
  })

  it('is never at price 0, and keeps to the number of fills that a batch may have', () => {
    const books = bookArbitrary({ maxLength: 40 })
    fc.assert(
      fc.property(books, fc.integer({ min: 4, max: 24 }), (book, maxFills) => {
        const { price, fills } = clear(columnsOf(book.orders), book.last, bandOf(book), { maxFills })
        expect(price).not.toBe(0)
        expect([...fills].filter((lots) => lots > 0).length).toBeLessThanOrEqual(maxFills)
      }),
      { numRuns: 1_000 },
    )
  })

  it('passes over no limit strictly better than the price, but at its side’s edge of the band or for better ones', () => {
    // What section 9 lets traders challenge, so that no honest batch can be struck for it.
    const books = bookArbitrary({ maxLength: 40 })
    let [bettered, crowdedOut] = [0, 0]
    fc.assert(
      fc.property(books, fc.constantFrom(null, 4, 4, 8), (book, maxFills) => {
        const { price, fills, drops } = clear(columnsOf(book.orders), book.last, bandOf(book), { maxFills })
        if (price === null) return
        const band = bandOf(book)
        for (const [at, order] of book.orders.entries()) {
          const isBetter = order.sell ? worst(order) < price : worst(order) > price
          const isAtEdge = band !== null && price === (order.sell ? band.low : band.high)
          if (!isBetter || isAtEdge || isMarket(order) || order.fillOrKill || order.minFill > 0) continue
          bettered++
          if (drops[at] === DROP.none) expect(fills[at]).toBe(order.quantity)
          if (drops[at] !== DROP.crowdedOut) continue
          crowdedOut++
          const side = book.orders.filter((other, place) => other.sell === order.sell && fills[place]! > 0)
          expect(side.length).toBeGreaterThanOrEqual(maxFills! / 4)
        }
      }),
      { numRuns: 4_000 },
    )
    expect(Math.min(bettered, crowdedOut)).toBeGreaterThan(20)
  })

  it('gives everyone at one level his share to within a lot', () => {
    check(bookArbitrary({ terms: false, ownTrader: true }), (book) => {
      const { price, fills } = run(book)
      if (price === null) return
      const band = bandOf(book)
      const levels = new Map<string, number[]>()
      for (const [at, order] of book.orders.entries()) {
        // Where the band cuts a side off, its levels share together.
        if (band && price === (order.sell ? band.low : band.high)) continue
        const level = `${order.sell} ${worst(order)}`
        levels.set(level, [...(levels.get(level) ?? []), at])
      }
      for (const members of levels.values()) {
        const given = sum(members.map((at) => fills[at]!))
        const wanted = sum(members.map((at) => book.orders[at]!.quantity))
        const isCut = (at: number) => Math.abs(fills[at]! - (book.orders[at]!.quantity * given) / wanted) > 1.001
        expect(members.filter(isCut)).toEqual([])
      }
    })
  })

  it('honours fill-or-kill and minimum fills, and names what it left out', () => {
    check(bookArbitrary(), (book) => {
      const { price, fills, drops } = run(book)
      for (const [at, order] of book.orders.entries()) {
        const isOut = drops[at] === DROP.fillOrKill || drops[at] === DROP.minFill
        if (isOut) expect(drops[at] === DROP.fillOrKill).toBe(order.fillOrKill)
        if (price === null || drops[at] !== DROP.none || !trades(order, price)) continue
        if (order.fillOrKill) expect(fills[at]).toBe(order.quantity)
        else expect(fills[at]).toBeGreaterThanOrEqual(Math.min(order.minFill, order.quantity))
      }
    })
  })

  it('finds the same price and volume whatever the order of arrival', () => {
    const shuffled = bookArbitrary({ terms: false, ownTrader: true }).chain((book) =>
      fc
        .shuffledSubarray(book.orders, { minLength: book.orders.length })
        .map((orders) => [book, { ...book, orders }] as const),
    )
    fc.assert(
      fc.property(shuffled, ([book, other]) => {
        const [a, b] = [run(book), run(other)]
        expect([b.price, b.volume]).toEqual([a.price, a.volume])
        for (const [at, order] of other.orders.entries()) {
          const before = a.fills[book.orders.indexOf(order)]!
          expect(Math.abs(b.fills[at]! - before)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('scales with the quantities', () => {
    check(bookArbitrary({ terms: false, ownTrader: true }), (book) => {
      const small = {
        ...book,
        orders: book.orders.map((order) => ({ ...order, quantity: (order.quantity % 1_000) + 1 })),
      }
      const large = { ...small, orders: small.orders.map((order) => ({ ...order, quantity: order.quantity * 1_000 })) }
      const [a, b] = [run(small), run(large)]
      expect([b.price, b.volume]).toEqual([a.price, a.volume * 1_000])
      for (const [at, fill] of a.fills.entries()) expect(Math.abs(b.fills[at]! - fill * 1_000)).toBeLessThan(1_000)
    })
  })

  it('gives an order that is sent in two parts the same to within a lot', () => {
    const split = bookArbitrary({ terms: false, ownTrader: true }).filter(({ orders }) =>
      orders.some(({ quantity }) => quantity > 1),
    )
    fc.assert(
      fc.property(split, fc.nat(), fc.nat(), (book, which, where) => {
        const large = [...book.orders.keys()].filter((at) => book.orders[at]!.quantity > 1)
        const at = large[which % large.length]!
        const whole = book.orders[at]!
        const first = 1 + (where % (whole.quantity - 1))
        const parts = [
          { ...whole, quantity: first },
          { ...whole, quantity: whole.quantity - first, trader: 1_000 },
        ]
        const other = run({ ...book, orders: book.orders.toSpliced(at, 1, ...parts) })
        const [a, b] = [run(book), other]
        expect([b.price, b.volume]).toEqual([a.price, a.volume])
        expect(Math.abs(b.fills[at]! + b.fills[at + 1]! - a.fills[at]!)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 2_000 },
    )
  })

  it('gives the same twice, and leaves its input alone', () => {
    check(bookArbitrary(), (book) => {
      const columns = columnsOf(book.orders)
      const first = clear(columns, book.last, bandOf(book))
      expect(columns).toEqual(columnsOf(book.orders))
      expect(clear(columns, book.last, bandOf(book))).toEqual(first)
    })
  })
})

describe('an order’s limit', () => {
  it('is a ceiling for buyers and a floor for sellers', () => {
    expect([
      accepts(0, 10, 10),
      accepts(0, 10, 11),
      accepts(ORDER_FLAG.sell, 10, 10),
      accepts(ORDER_FLAG.sell, 10, 9),
    ]).toEqual([true, false, true, false])
  })
})
