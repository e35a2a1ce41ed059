import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { away, hurried, ladder } from '../../../../lib/dev/bots/quotes'
import { ORDER_FLAG } from '../../../../lib/protocol/clearing/orders'
import { assertOrderTerms } from '../../../../lib/protocol/book/sealOrder'
import { UINT32_MAX } from '../../../../lib/protocol/constants'

const STYLE = { halfSpreadBps: 40, stepBps: 60, levels: 3, lots: 10, lives: 2 }
const price = fc.integer({ min: 1, max: UINT32_MAX })

describe('a ladder of quotes', () => {
  it('buys below the price and sells above it, further away and larger level by level', () => {
    const orders = ladder(10_000, 7n, STYLE)
    const side = (sell: boolean) => orders.filter(({ flags }) => ((flags & ORDER_FLAG.sell) !== 0) === sell)
    expect(side(false).map(({ price, quantity }) => [price, quantity])).toEqual([
      [9_960, 10],
      [9_900, 20],
      [9_840, 30],
    ])
    expect(side(true).map(({ price, quantity }) => [price, quantity])).toEqual([
      [10_040, 10],
      [10_100, 20],
      [10_160, 30],
    ])
    expect(new Set(orders.map(({ expiryBatch }) => expiryBatch))).toEqual(new Set([9]))
  })

  it('never crosses itself, and is made of orders that may be sealed, whatever the price', () => {
    fc.assert(
      fc.property(price, (middle) => {
        const orders = ladder(middle, 1n, STYLE)
        orders.forEach(assertOrderTerms)
        const buys = orders.filter(({ flags }) => !(flags & ORDER_FLAG.sell)).map((order) => order.price)
        const sells = orders.filter(({ flags }) => flags & ORDER_FLAG.sell).map((order) => order.price)
        // At the very ends of what a price can be there is no room on one side.
        if (middle > 1 && middle < UINT32_MAX) expect(Math.max(...buys)).toBeLessThan(Math.min(...sells))
      }),
    )
  })
})

describe('a price some way away', () => {
  it('moves at least a tick in the direction asked for, within what a price may be', () => {
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: 9_999 }), (from, bps) => {
        expect(away(from, bps)).toBe(from === UINT32_MAX ? from : Math.max(away(from, bps), from + 1))
        expect(away(from, -bps)).toBe(from === 1 ? 1 : Math.min(away(from, -bps), from - 1))
      }),
    )
  })
})

describe('an order in a hurry', () => {
  it('is at the market, for one batch, and names its worst price', () => {
    expect(hurried(1_000, false, 5, 300)).toEqual({
      ...{ flags: ORDER_FLAG.market, price: 1_030, quantity: 5, minFill: 0, expiryBatch: 0 },
    })
    expect(hurried(1_000, true, 5, 300).price).toBe(970)
  })
})
