import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bandAround, bandWidth } from '../../../lib/protocol/clearing/band'
import { clear, DROP, type ClearOptions } from '../../../lib/protocol/clearing/clear'
import { isWorse } from '../../../lib/protocol/clearing/conditional'
import { createColumns, MAX_ORDERS } from '../../../lib/protocol/clearing/orders'
import { UINT32_MAX } from '../../../lib/protocol/constants'
import { columnsOf, type TestOrder } from '../../fixtures/orderBook'

type Vector = {
  id: string
  reference: number | string | null
  buys: [string, number][]
  sells: [string, number][]
  expect: { price: string; volume: number } | null
}

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/call-auction.json', import.meta.url), 'utf8'),
) as Vector[]

let nextTrader = 0
const order = (sell: boolean, limit: number | null, quantity: number, terms: Partial<TestOrder> = {}): TestOrder => ({
  ...{ trader: nextTrader++, sell, limit, quantity, minFill: 0, fillOrKill: false },
  ...terms,
})
const buy = (limit: number | null, quantity: number, terms?: Partial<TestOrder>) => order(false, limit, quantity, terms)
const sell = (limit: number | null, quantity: number, terms?: Partial<TestOrder>) => order(true, limit, quantity, terms)

function run(orders: TestOrder[], last: number | null = null, width: number | null = null, options: ClearOptions = {}) {
  nextTrader = 0
  const band = last === null || width === null ? null : bandAround(last, width)
  const { fills, drops, ...rest } = clear(columnsOf(orders), last, band, options)
  return { ...rest, fills: [...fills], drops: [...drops] }
}

describe('worked examples of exchanges’ call auctions', () => {
  it.each(vectors)('$id', ({ reference, buys, sells, expect: expected }) => {
    const limit = (price: string) => (price === 'MO' ? null : Number(price))
    const orders = [...buys.map(([p, q]) => buy(limit(p), q)), ...sells.map(([p, q]) => sell(limit(p), q))]
    const { price, volume } = run(orders, reference === null ? null : Number(reference))
    expect({ price, volume }).toEqual(
      expected ? { price: Number(expected.price), volume: expected.volume } : { price: null, volume: 0 },
    )
  })

  it('are all there', () => expect(vectors).toHaveLength(10))
})

describe('the price, PROTOCOL.md section 11, step 4', () => {
  it('before any trade is the middle of what is left, rounded down, even between candidates', () => {
    expect(run([buy(13, 5), sell(10, 5)])).toMatchObject({ price: 11, volume: 5 })
  })

  it('else is the last price, clamped into what is left', () => {
    const orders = () => [buy(13, 5), sell(10, 5)]
    expect([5, 12, 20].map((last) => run(orders(), last).price)).toEqual([10, 12, 13])
  })

  it('is not put by the last price to where one side is still long, and a better limit would get nothing', () => {
    const orders = () => [sell(100, 5), sell(120, 5), buy(110, 5), buy(120, 5)]
    // 100 and 110 have surplus buy, 120 has surplus sell: all the same volume and surplus.
    expect(run(orders(), 105)).toMatchObject({ price: 110, fills: [5, 0, 0, 5] })
    expect([90, 115, 130].map((last) => run(orders(), last).price)).toEqual([110, 115, 120])
    expect(run(orders()).price).toBe(110)
  })

  it('stays at the band’s edge, where everyone beyond it shares', () => {
    const orders = [buy(200, 30), buy(110, 10), buy(109, 50), sell(90, 20)]
    expect(run(orders, 100, 10)).toMatchObject({ price: 110, volume: 20, fills: [15, 5, 0, 20] })
  })

  it('at the other edge still fills better orders first, as the challenge demands of prices inside the band', () => {
    // Sellers are in excess at the upper edge: 109 lies inside the band and is strictly better.
    const orders = [buy(120, 12), sell(110, 10), sell(109, 5)]
    expect(run(orders, 100, 10)).toMatchObject({ price: 110, volume: 12, fills: [12, 7, 5] })
  })

  it('moves to the edge without a trade where orders would trade only beyond it', () => {
    expect(run([buy(200, 1), sell(150, 1)], 100, 10)).toMatchObject({ price: null, volume: 0, lastPrice: 110 })
    expect(run([buy(50, 1), sell(20, 1)], 100, 10)).toMatchObject({ price: null, volume: 0, lastPrice: 90 })
    expect(run([buy(95, 1), sell(105, 1)], 100, 10)).toMatchObject({ price: null, volume: 0, lastPrice: 100 })
  })

  it('is none with market orders alone before any trade, and the last one after', () => {
    expect(run([buy(null, 4), sell(null, 3)])).toMatchObject({ price: null, volume: 0, lastPrice: null })
    expect(run([buy(null, 4), buy(null, 2), sell(null, 3)], 70, 7)).toMatchObject({ price: 70, fills: [2, 1, 3] })
  })

  it('is never 0: a market sell’s worst price is 1', () => {
    expect(run([sell(null, 10), buy(1, 5)], 1, 1)).toMatchObject({ price: 1, volume: 5 })
    expect(run([sell(null, 10), buy(3, 5)], 5, 100)).toMatchObject({ price: 3, volume: 5 })
    expect(run([sell(null, 10), buy(null, 5)], 0)).toMatchObject({ price: null, volume: 0 })
  })

  it('is not moved by market orders’ worst prices, the best of which are filled first', () => {
    const orders = [buy(120, 10, { market: true }), buy(110, 10, { market: true }), sell(100, 10)]
    expect(run(orders)).toMatchObject({ price: 100, fills: [10, 0, 10] })
  })

  it('is not moved by market orders in excess, who then share', () => {
    expect(run([buy(null, 60), buy(null, 40), buy(50, 5), sell(50, 10)])).toMatchObject({
      price: 50,
      fills: [6, 4, 0, 10],
    })
  })
})

describe('fills, steps 5 and 6', () => {
  it('share the last price by largest remainder, the earlier first among equals', () => {
    expect(run([buy(10, 1), buy(10, 1), buy(10, 1), sell(10, 2)]).fills).toEqual([1, 1, 0, 2])
    expect(run([buy(10, 3), buy(10, 3), buy(10, 1), sell(10, 5)]).fills).toEqual([2, 2, 1, 5])
  })

  it('are exact where quantity times volume leaves what a double holds', () => {
    const orders = [
      buy(10, UINT32_MAX),
      buy(10, UINT32_MAX),
      buy(10, UINT32_MAX - 1),
      sell(10, UINT32_MAX),
      sell(10, 5),
    ]
    const { fills, volume } = run(orders)
    expect(volume).toBe(UINT32_MAX + 5)
    const share = (quantity: number) => Number((BigInt(quantity) * BigInt(volume)) / (3n * BigInt(UINT32_MAX) - 1n))
    expect(fills.slice(0, 3).reduce((total, fill) => total + fill, 0)).toBe(volume)
    for (const [at, quantity] of [UINT32_MAX, UINT32_MAX, UINT32_MAX - 1].entries()) {
      expect([share(quantity), share(quantity) + 1]).toContain(fills[at])
    }
  })

  it('leave out the worst order with terms, one at a time, and clear again', () => {
    const orders = [buy(12, 10, { fillOrKill: true }), buy(11, 4, { minFill: 4 }), buy(11, 1), sell(10, 5)]
    // At 12 the first would be cut to 5; without it the second gets its four.
    expect(run(orders)).toMatchObject({ price: 10, fills: [0, 4, 1, 5], drops: [DROP.fillOrKill, 0, 0, 0] })
  })

  it('drop the later of a trader’s own crossing orders, market orders too', () => {
    const orders = [
      buy(12, 1, { trader: 9 }),
      sell(12, 1, { trader: 9 }),
      sell(13, 1, { trader: 9 }),
      sell(null, 1, { trader: 9 }),
    ]
    const columns = columnsOf(orders)
    expect([...clear(columns, null, null).drops]).toEqual([0, DROP.selfTrade, 0, DROP.selfTrade])
  })
})

describe('what takes no part, step 3', () => {
  it('is an order that margin cuts to nothing or below its minimum, for this batch', () => {
    const orders = [buy(10, 9), buy(10, 9, { minFill: 4 }), buy(10, 9, { minFill: 4 }), sell(10, 20)]
    const covered = [0, 3, 4, 20]
    expect(run(orders, null, null, { cover: (at) => covered[at]! })).toMatchObject({
      fills: [0, 0, 4, 4],
      drops: [DROP.cut, DROP.cut, 0, 0],
    })
  })

  it('is who is crowded out: of each side a quarter of the places is for market orders, a quarter for others', () => {
    const buys = [buy(11, 1), buy(12, 1), buy(11, 1), buy(12, 1), buy(20, 1, { market: true })]
    const sells = [sell(10, 1), sell(10, 1), sell(10, 1), sell(null, 1), sell(null, 1), sell(null, 1)]
    const { fills, drops } = run([...buys, ...sells], null, null, { maxFills: 8 })
    const out = DROP.crowdedOut
    expect(drops).toEqual([out, 0, out, 0, 0, 0, 0, out, 0, 0, out])
    expect(fills.filter((lots) => lots > 0)).toHaveLength(6)
  })

  it('is nobody for an order that is cut or left out: crowding is done anew', () => {
    const orders = [buy(13, 9, { fillOrKill: true }), buy(12, 9, { minFill: 8 }), buy(11, 1), buy(10, 1), sell(10, 2)]
    expect(run(orders, null, null, { maxFills: 4 })).toMatchObject({
      fills: [0, 0, 1, 0, 1],
      drops: [DROP.fillOrKill, DROP.minFill, 0, DROP.crowdedOut, 0],
    })
    const cut = run(orders, null, null, { maxFills: 4, cover: (at) => (at < 3 ? 0 : 2) })
    expect(cut.drops).toEqual([DROP.uncovered, DROP.cut, DROP.cut, 0, 0])
  })

  it('is nobody at all where a batch may have any number of fills', () => {
    const orders = Array.from({ length: 2_001 }, (_, at) => (at === 0 ? sell(5, 4_000) : buy(5, 1)))
    expect(run(orders).fills.filter((lots) => lots > 0)).toHaveLength(2_001)
    expect(run(orders, null, null, { maxFills: 1_000 }).fills.filter((lots) => lots > 0)).toHaveLength(251)
  })
})

describe('the band', () => {
  it('is at least a tick wide and stays within uint32', () => {
    expect([bandWidth(10, 50), bandWidth(20_000, 50), bandWidth(199, 50)]).toEqual([1, 100, 1])
    expect(bandAround(3, 5)).toEqual({ low: 0, high: 8 })
    expect(bandAround(UINT32_MAX - 1, 5)).toEqual({ low: UINT32_MAX - 6, high: UINT32_MAX })
  })
})

it('refuses more orders than sums stay exact for', () => {
  expect(() => createColumns(MAX_ORDERS + 1)).toThrow(/orders/)
})

describe('which order with terms goes first, step 6', () => {
  it('is a buy before a sell, then the worse limit, then the newer', () => {
    const columns = columnsOf([sell(10, 1), buy(10, 1), buy(11, 1), buy(10, 1), sell(9, 1)])
    const order = [0, 1, 2, 3, 4].sort((a, b) => (isWorse(columns, a, b) ? -1 : 1))
    expect(order).toEqual([3, 1, 2, 0, 4])
  })
})
