import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { batchOutcome, EMPTY_BOOK, lastAfter, type BookHistory } from '../../lib/protocol/book/batchOutcome'
import { restsOn } from '../../lib/protocol/book/disposition'
import type { OrderJudgement } from '../../lib/protocol/book/judgeOrder'
import { fillMoney, unitsOf, type PlacedMoney, type StandingSettlement } from '../../lib/protocol/book/marginAt'
import { byLeaf } from '../../lib/protocol/book/settlement'
import { bandAround, bandWidth } from '../../lib/protocol/clearing/band'
import { accepts, ORDER_FLAG } from '../../lib/protocol/clearing/orders'
import { ZERO_HASH } from '../../lib/protocol/constants'
import { leafOf, restingBook } from '../fixtures/restingBook'

const params = { tickSize: 3n, lotSize: 2n, feeBps: 25, bandBps: 2_000, maxFills: 8, maxOrderAge: 3 }
const units = unitsOf(params)
const trader = (number: number): Address => toHex(number + 1, { size: 20 })
const orderArbitrary = fc.record({
  who: fc.nat(5),
  flags: fc.integer({ min: 0, max: 15 }),
  price: fc.integer({ min: 1, max: 12 }),
  quantity: fc.integer({ min: 1, max: 9 }),
  minFill: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 9 })),
  expiryBatch: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 8 })),
  isReadable: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
})
const batchArbitrary = fc.record({
  orders: fc.array(orderArbitrary, { maxLength: 8 }),
  cancels: fc.array(fc.nat(30), { maxLength: 2 }),
  isVoid: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  gap: fc.nat(1),
})
const marketArbitrary = fc.record({
  batches: fc.array(batchArbitrary, { minLength: 1, maxLength: 7 }),
  money: fc.array(fc.record({ base: fc.bigInt(0n, 60n), quote: fc.bigInt(0n, 400n) }), { minLength: 6, maxLength: 6 }),
})
type Market = typeof marketArbitrary extends fc.Arbitrary<infer Value> ? Value : never

function play({ batches, money }: Market) {
  const openings = new Map<Hex, OrderJudgement>()
  const deposits: PlacedMoney[] = money.map((amounts, index) => ({
    ...{ type: 'deposit' as const, batchId: 1n, ...amounts, trader: trader(index), blockNumber: 0n, logIndex: index },
  }))
  const margins = money.map((amounts) => ({ ...amounts }))
  const fees = { total: 0n }
  const history = { marketId: ZERO_HASH, params, batches: [], settled: [], money: deposits, strikes: 0 }
  const shown: BookHistory['batches'][number][] = []
  const settled: StandingSettlement[] = []
  const placed = new Map<Hex, { batchId: bigint; who: number }>()
  const cancelledIn = new Map<Hex, bigint>()
  let batchId = 0n
  let state = EMPTY_BOOK
  let last: number | null = null
  for (const { orders, cancels, isVoid, gap } of batches) {
    batchId += 1n + BigInt(gap)
    const ofBatch = orders.map(({ who, isReadable, ...terms }) => {
      const leaf = leafOf(placed.size + 1)
      placed.set(leaf, { batchId, who })
      const minFill = Math.min(terms.minFill, terms.quantity)
      openings.set(leaf, isReadable ? { valid: true, ...terms, minFill } : { valid: false, reason: 'does-not-open' })
      return { leaf, trader: trader(who) }
    })
    const cancelled = [...new Set(cancels.map((place) => [...placed.keys()][place]))].filter(
      (leaf): leaf is Hex => leaf !== undefined && !cancelledIn.has(leaf),
    )
    for (const leaf of cancelled) cancelledIn.set(leaf, batchId)
    shown.push({ batchId, orders: ofBatch, cancelled, acc: ZERO_HASH, count: ofBatch.length + cancelled.length })
    const before: BookHistory = { ...history, batches: [...shown], settled: [...settled] }
    const outcome = batchOutcome(before, batchId, openings)
    expect(outcome).toEqual(batchOutcome(before, batchId, openings, state))
    state = outcome.before
    expect(state.last).toBe(last)
    check(outcome, batchId)
    if (isVoid) continue
    const one = { batchId, price: outcome.settlement.price, fills: outcome.fills, blockNumber: batchId, logIndex: 0 }
    settled.push(one)
    for (const fill of outcome.fills) {
      const { base, quote, fee } = fillMoney(units, one.price, fill)
      const margin = margins[placed.get(fill.leaf)!.who]!
      margin.base += base
      margin.quote += quote
      fees.total += fee
      expect(margin.base >= 0n && margin.quote >= 0n).toBe(true)
    }
    last = lastAfter(last, one)
  }
  const sum = (of: 'base' | 'quote', all: { base: bigint; quote: bigint }[]) =>
    all.reduce((to, one) => to + one[of], 0n)
  expect(sum('base', margins)).toBe(sum('base', money))
  expect(sum('quote', margins) + fees.total).toBe(sum('quote', money))

  /** What must hold of every outcome, whatever the rule. */
  function check({ settlement, fills, carried, before }: ReturnType<typeof batchOutcome>, id: bigint) {
    expect([...fills].sort(byLeaf)).toEqual(fills)
    expect(new Set(fills.map(({ leaf }) => leaf)).size).toBe(fills.length)
    const lots = (sell: boolean) => fills.reduce((to, fill) => to + (fill.sell === sell ? fill.lots : 0), 0)
    expect(lots(true)).toBe(lots(false))
    expect(fills.length).toBeLessThanOrEqual(params.maxFills)
    if (before.last !== null) {
      const band = bandAround(before.last, bandWidth(before.last, params.bandBps))
      expect(settlement.price >= band.low && settlement.price <= band.high).toBe(true)
    } else if (fills.length === 0) expect(settlement.price).toBe(0)
    const byLeafCarried = new Map(carried.map((one) => [one.leaf, one]))
    const came = [...before.resting.map(({ leaf }) => leaf), ...shown.at(-1)!.orders.map(({ leaf }) => leaf)]
    expect(carried.map(({ leaf }) => leaf)).toEqual(came)
    for (const { leaf, sell, lots: count } of fills) {
      const order = openings.get(leaf)!
      if (!order.valid) throw new Error('an invalid order was filled')
      const filled = byLeafCarried.get(leaf)!.filled
      expect(count).toBeGreaterThan(0)
      expect(filled).toBeLessThanOrEqual(order.quantity)
      expect(sell).toBe((order.flags & ORDER_FLAG.sell) !== 0)
      expect(accepts(order.flags, order.price, settlement.price)).toBe(true)
      expect(cancelledIn.has(leaf)).toBe(false)
      expect(order.expiryBatch === 0 || BigInt(order.expiryBatch) >= id).toBe(true)
      expect(Number(id - placed.get(leaf)!.batchId)).toBeLessThanOrEqual(params.maxOrderAge)
      if (order.flags & ORDER_FLAG.fillOrKill) expect(filled).toBe(order.quantity)
      else expect(count).toBeGreaterThanOrEqual(Math.min(order.minFill, order.quantity - (filled - count)))
    }
    for (const { leaf, disposition } of carried) {
      const order = openings.get(leaf)!
      if (restsOn(disposition)) expect(order.valid && (order.flags & ORDER_FLAG.stays) !== 0).toBe(true)
    }
  }
}

describe('the outcome of a batch (PROTOCOL.md section 11)', () => {
  it('conserves money, keeps every order’s terms, and is the same from the beginning as folded on', () => {
    fc.assert(fc.property(marketArbitrary, play), { numRuns: 100 })
  })

  it('refuses a batch that is not there, or behind which another is settled', () => {
    const settled = [{ batchId: 2n, price: 1, fills: [], blockNumber: 1n, logIndex: 0 }]
    const empty = { marketId: ZERO_HASH, params, batches: [], settled: [], money: [], strikes: 0 }
    const refusal = expect.objectContaining({ code: 'BATCH_NOT_NEXT' }) as Error
    expect(() => batchOutcome(empty, 1n, new Map())).toThrow(refusal)
    expect(() => batchOutcome({ ...empty, settled }, 1n, new Map())).toThrow(refusal)
  })

  it('is there for 1,000 new orders on 5,000 resting ones, each of which it knows', () => {
    // How long that takes is measured by `npm run bench`.
    const { history, openings } = restingBook(
      { ...params, maxFills: null, maxOrderAge: 10 },
      { resting: 5_000, fresh: 1_000 },
    )
    const { carried, fills } = batchOutcome(history, 2n, openings)
    expect(new Set(carried.map(({ leaf }) => leaf))).toEqual(new Set(openings.keys()))
    expect(fills.length).toBeGreaterThan(1_000)
    const few = batchOutcome({ ...history, params: { ...history.params, maxFills: 1_000 } }, 2n, openings)
    expect(few.fills.length).toBeGreaterThan(250)
    expect(few.fills.length).toBeLessThanOrEqual(1_000)
  })
})
