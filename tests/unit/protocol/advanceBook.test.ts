import { describe, expect, it } from 'vitest'
import { toHex } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { advanceBook, type BatchStep, type RestingOrder } from '../../../lib/protocol/book/advanceBook'
import { dispositionName } from '../../../lib/protocol/book/disposition'
import type { OrderTerms } from '../../../lib/protocol/book/judgeOrder'
import { ORDER_FLAG } from '../../../lib/protocol/clearing/orders'

const { sell, fillOrKill, stays } = ORDER_FLAG
const trader = (number: number): Address => toHex(number, { size: 20 })
const leaf = (number: number): Hex => toHex(number, { size: 32 })
const RICH = { base: 10n ** 30n, quote: 10n ** 30n }
const units = { tickSize: 1n, lotSize: 1n, feeBps: 10n }

type New = Partial<OrderTerms> & { who?: number; unopened?: true; invalid?: true }

/** Orders of one batch, whose leaves count on from 100 times the batch. */
function step(
  batchId: bigint,
  placed: New[],
  more: {
    kind?: 'due' | 'void'
    cancelled?: Hex[]
    margin?: bigint
    maxFills?: number
    maxOrderAge?: number
  } = {},
) {
  const orders = placed.map(({ who, unopened, invalid, ...terms }, index) => ({
    leaf: leaf(Number(batchId) * 100 + index),
    batchId,
    trader: trader(who ?? Number(batchId) * 100 + index),
    order: unopened
      ? null
      : invalid
        ? ({ valid: false, reason: 'does-not-open' } as const)
        : ({ valid: true, flags: 0, price: 10, quantity: 5, minFill: 0, expiryBatch: 0, ...terms } as const),
  }))
  const { kind = 'due', cancelled = [], margin, maxFills = null, maxOrderAge = 9 } = more
  const marginOf = () => (margin === undefined ? RICH : { base: margin, quote: margin })
  const base = { batchId, placed: orders, cancelled: new Set(cancelled), maxOrderAge }
  const terms = { units, bandBps: 10_000, maxFills, last: 10, marginOf }
  return (kind === 'void' ? { ...base, kind } : { ...base, kind, terms }) as BatchStep
}

function names(resting: RestingOrder[], given: BatchStep) {
  const result = advanceBook(resting, given)
  return { ...result, said: result.carried.map((one) => [dispositionName(one.disposition), one.filled]) }
}

describe('one batch of the book (PROTOCOL.md section 11)', () => {
  it('fills, rests, ends, and fills on over later batches', () => {
    const first = names([], step(1n, [{ flags: stays, quantity: 9 }, { flags: sell }, { flags: sell, price: 30 }]))
    expect(first.said).toEqual([
      ['rests', 5],
      ['filled', 5],
      ['ended', 0],
    ])
    expect(first.fills).toEqual([
      { leaf: leaf(100), trader: trader(100), sell: false, lots: 5 },
      { leaf: leaf(101), trader: trader(101), sell: true, lots: 5 },
    ])
    const second = names(first.resting, step(2n, [{ flags: sell | stays, quantity: 6 }]))
    expect(second.said).toEqual([
      ['filled', 9],
      ['rests', 4],
    ])
    expect(second.resting.map((order) => [order.leaf, order.filled])).toEqual([[leaf(200), 4]])
  })

  it('does not trade what was cancelled in this batch or expired before it, and drops what is invalid', () => {
    const placed = [
      { flags: stays, expiryBatch: 1 },
      { invalid: true as const },
      { flags: sell },
      { unopened: true as const },
    ]
    const first = names([], step(2n, placed, { cancelled: [] }))
    expect(first.said.map(([name]) => name)).toEqual(['expired', 'invalid', 'ended', 'unopened'])
    expect(first.resting.map((order) => order.leaf)).toEqual([leaf(203)])
    const again = names([], step(1n, [{ flags: stays, expiryBatch: 1 }, { flags: sell }], { cancelled: [leaf(101)] }))
    expect(again.said.map(([name]) => name)).toEqual(['rests', 'cancelled'])
    const later = names(again.resting, step(2n, [{ flags: sell }]))
    expect(later.said.map(([name]) => name)).toEqual(['expired', 'ended'])
  })

  it('cancel and fill race: the batch of the cancellation decides, whichever came first in it', () => {
    const buy = step(1n, [{ flags: stays }])
    const { resting } = names([], buy)
    const cancelledNow = names(resting, step(2n, [{ flags: sell }], { cancelled: [leaf(100)] }))
    expect(cancelledNow.said.map(([name]) => name)).toEqual(['cancelled', 'ended'])
    const tradesFirst = names(resting, step(2n, [{ flags: sell }]))
    expect(tradesFirst.said.map(([name]) => name)).toEqual(['filled', 'filled'])
    // The cancellation of an order that is done already changes nothing.
    expect(names(tradesFirst.resting, step(3n, [], { cancelled: [leaf(100)] })).carried).toEqual([])
  })

  it('a void batch trades nothing: what stays rests, what was for it alone ends', () => {
    const placed = [{ flags: stays }, { flags: sell }, { flags: sell | stays, who: 100 }, { invalid: true as const }]
    const { said, resting, fills, lastPrice } = names([], step(1n, placed, { kind: 'void' }))
    expect(said.map(([name]) => name)).toEqual(['rests', 'ended', 'rests', 'invalid'])
    expect(fills).toEqual([])
    expect(lastPrice).toBeNull()
    // Self-trade prevention waits for a batch that is cleared.
    expect(names(resting, step(2n, [])).said.map(([name]) => name)).toEqual(['rests', 'selfTrade'])
  })

  it('names every reason for which an order is left out', () => {
    const short = [
      { flags: fillOrKill, quantity: 9 },
      { minFill: 4, quantity: 9 },
      { minFill: 4, quantity: 9, flags: stays },
    ]
    const { said } = names([], step(1n, [...short, { flags: sell, quantity: 3 }]))
    expect(said.map(([name]) => name)).toEqual(['fillOrKill', 'minFillEnded', 'minFillRests', 'ended'])
    const poor = names(
      [],
      step(1n, [{ flags: fillOrKill }, { flags: stays }, {}, { flags: sell, quantity: 1 }], { margin: 3n }),
    )
    expect(poor.said.map(([name]) => name)).toEqual(['uncovered', 'cutRests', 'cutEnded', 'ended'])
    const partly = names(
      [],
      step(
        1n,
        [
          { flags: stays, price: 10 },
          { flags: sell, quantity: 3 },
        ],
        { margin: 31n },
      ),
    )
    expect(partly.said).toEqual([
      ['cutRests', 3],
      ['filled', 3],
    ])
    const many = Array.from({ length: 257 }, () => ({ minFill: 1, price: 1 }))
    expect(names([], step(1n, many)).said.at(-1)).toEqual(['tooManyConditional', 0])
  })

  it('leaves an order alone for which margin covers less than its minimum fill', () => {
    const placed = [
      { flags: stays, quantity: 9, minFill: 4 },
      { quantity: 9, minFill: 4 },
      { flags: sell, quantity: 9 },
    ]
    const { said } = names([], step(1n, placed, { margin: 39n }))
    expect(said).toEqual([
      ['cutRests', 0],
      ['cutEnded', 0],
      ['ended', 0],
    ])
  })

  it('names who is crowded out, and lets those that rest into a later batch', () => {
    const bids = [{ flags: stays, price: 10 }, { flags: stays, price: 11 }, { price: 10 }]
    const placed = [...bids, { flags: sell }]
    const first = names([], step(1n, placed, { maxFills: 4 }))
    expect(first.said).toEqual([
      ['crowdedOutRests', 0],
      ['filled', 5],
      ['crowdedOutEnded', 0],
      ['filled', 5],
    ])
    expect(names(first.resting, step(2n, [{ flags: sell }], { maxFills: 4 })).said).toEqual([
      ['filled', 5],
      ['filled', 5],
    ])
  })

  it('drops what is too old for the market, opened or not, in void batches too', () => {
    const placed = [{ flags: stays }, { unopened: true as const }]
    for (const kind of ['due', 'void'] as const) {
      const { resting } = names([], step(1n, placed, { kind, maxOrderAge: 2 }))
      const still = names(resting, step(3n, [], { kind, maxOrderAge: 2 }))
      expect(still.said.map(([name]) => name)).toEqual(['rests', 'unopened'])
      const over = names(still.resting, step(4n, [{ flags: sell }], { kind, maxOrderAge: 2 }))
      expect(over.said.map(([name]) => name)).toEqual(['tooOld', 'tooOld', 'ended'])
    }
  })

  it('a fill-or-kill order that stays waits until the price reaches it, and is killed when it is not filled whole', () => {
    const { resting } = names(
      [],
      step(1n, [
        { flags: fillOrKill | stays, quantity: 5 },
        { flags: sell, price: 20 },
      ]),
    )
    expect(resting.map((order) => order.leaf)).toEqual([leaf(100)])
    expect(names(resting, step(2n, [{ flags: sell, quantity: 4 }])).said.map(([name]) => name)).toEqual([
      'fillOrKill',
      'ended',
    ])
    expect(names(resting, step(2n, [{ flags: sell, quantity: 5 }])).said.map(([name]) => name)).toEqual([
      'filled',
      'filled',
    ])
  })

  it('takes the fills of a settled batch as they are published', () => {
    const due = step(1n, [{ flags: stays, quantity: 9 }, { flags: sell }]) as Extract<BatchStep, { kind: 'due' }>
    const fills = [
      { leaf: leaf(101), trader: trader(101), sell: true, lots: 2 },
      { leaf: leaf(100), trader: trader(100), sell: false, lots: 2 },
    ]
    const settled = names([], { ...due, kind: 'settled', fills })
    expect(settled.said).toEqual([
      ['rests', 2],
      ['ended', 2],
    ])
    expect(settled.resting[0]?.filled).toBe(2)
  })
})
