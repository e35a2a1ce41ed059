import { describe, expect, it } from 'vitest'
import { subrosa } from '../../fixtures/subrosa'

type Order = Record<string, unknown>

const order = (id: string | number, side: string, price: unknown, quantity: unknown, more: Order = {}): Order => ({
  ...{ id, side, price, quantity },
  ...more,
})
const book = (orders: Order[], more: Order = {}) => JSON.stringify({ reference: null, band: null, orders, ...more })

async function answers(lines: string[]): Promise<unknown[]> {
  const { code, out } = await subrosa(['clear'], lines.join('\n') + '\n')
  expect(code).toBe(0)
  return out
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as unknown)
}

describe('subrosa clear', () => {
  it('answers each line in order: a trade, nothing, a band, a market order, reasons', async () => {
    const crossing = [order('a', 'buy', 12, 5), order('b', 'sell', 10, 3)]
    const lines = [
      book(crossing),
      book([]),
      book(crossing, { reference: 100, band: 10 }),
      book([order('a', 'buy', null, 2), order('b', 'sell', 7, 9)]),
      book([
        order(1, 'buy', 12, 5, { fillOrKill: true }),
        order(2, 'sell', 12, 3, { trader: 't' }),
        order(3, 'buy', 12, 3, { trader: 't' }),
        order(4, 'buy', 12, 2),
        order(5, 'buy', 12, 9, { minFill: 9 }),
      ]),
    ]
    expect(await answers(lines)).toEqual([
      {
        price: 12,
        volume: 3,
        fills: [
          { id: 'a', quantity: 3 },
          { id: 'b', quantity: 3 },
        ],
        dropped: [],
      },
      { price: null, volume: 0, fills: [], dropped: [] },
      { price: null, volume: 0, fills: [], dropped: [] },
      {
        price: 7,
        volume: 2,
        fills: [
          { id: 'a', quantity: 2 },
          { id: 'b', quantity: 2 },
        ],
        dropped: [],
      },
      {
        price: 12,
        volume: 2,
        fills: [
          { id: 2, quantity: 2 },
          { id: 4, quantity: 2 },
        ],
        dropped: [
          { id: 1, reason: 'fill-or-kill' },
          { id: 3, reason: 'self-trade' },
          { id: 5, reason: 'min-fill' },
        ],
      },
    ])
  })

  it('never clears at price 0, whatever market orders sell at', async () => {
    const lines = [
      book([order('s', 'sell', null, 10), order('b', 'buy', 1, 5)], { reference: 1, band: 1 }),
      book([order('s', 'sell', null, 10), order('b', 'buy', 3, 5)], { reference: 5, band: 100 }),
      book([order('s', 'sell', null, 10), order('b', 'buy', null, 5)], { reference: 0 }),
      book([order('s', 'sell', null, 10), order('b', 'buy', null, 5)]),
    ]
    const traded = (price: number) => ({
      ...{ price, volume: 5, dropped: [] },
      fills: [
        { id: 's', quantity: 5 },
        { id: 'b', quantity: 5 },
      ],
    })
    const none = { price: null, volume: 0, fills: [], dropped: [] }
    expect(await answers(lines)).toEqual([traded(1), traded(3), none, none])
  })

  it('crowds out where a market’s number of fills is given', async () => {
    const orders = [order('a', 'buy', 11, 1), order('b', 'buy', 12, 1), order('c', 'sell', 10, 2)]
    expect(await answers([book(orders, { maxFills: 4 })])).toEqual([
      {
        ...{ price: 10, volume: 1, dropped: [{ id: 'a', reason: 'crowded-out' }] },
        fills: [
          { id: 'b', quantity: 1 },
          { id: 'c', quantity: 1 },
        ],
      },
    ])
  })

  it('names field and rule in place of an answer, and goes on', async () => {
    const { price: _price, ...withoutPrice } = order('a', 'buy', 1, 1)
    const lines = [
      '{',
      book([order('a', 'hold', 1, 1)]),
      book([withoutPrice]),
      book([order('a', 'buy', 0, 1)]),
      book([order('a', 'buy', 1, 2 ** 32)]),
      book([order('a', 'buy', 1, 1), order('a', 'sell', 1, 1)]),
      book([], { band: -1 }),
      book([], { maxFills: 3 }),
      book([order('a', 'buy', 1, 1)]),
    ]
    const failure = (code: string, message: unknown) => ({ error: { code, message } })
    expect(await answers(lines)).toEqual([
      failure('INVALID_JSON', expect.any(String)),
      failure('INVALID_FIELD', expect.stringMatching(/orders\[0\]\.side.*"buy" or "sell"/)),
      failure('INVALID_FIELD', expect.stringMatching(/orders\[0\]\.price.*is missing/)),
      failure('INVALID_FIELD', expect.stringMatching(/orders\[0\]\.price.*1 to 4294967295/)),
      failure('INVALID_FIELD', expect.stringMatching(/orders\[0\]\.quantity/)),
      failure('INVALID_FIELD', expect.stringMatching(/orders\[1\]\.id.*repeat/)),
      failure('INVALID_FIELD', expect.stringMatching(/band/)),
      failure('INVALID_FIELD', expect.stringMatching(/maxFills.*4 to 4294967295/)),
      { price: null, volume: 0, fills: [], dropped: [] },
    ])
  })

  it('says how it is used', async () => {
    const { code, out } = await subrosa(['clear', '--help'])
    expect([code, out]).toEqual([0, expect.stringContaining('price null is a market order')])
  })
})
