import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { marginAt, moneyBefore, moneyByTrader } from '../../lib/protocol/book/marginAt'
import type { Fill } from '../../lib/protocol/book/settlement'
import { NaiveMargins } from '../fixtures/naiveMargins'

const TRADERS = [1, 2, 3].map((number): Address => toHex(number, { size: 20 }))
const PRICE = 7
const trader = fc.constantFrom(...TRADERS)
const amount = fc.bigInt({ min: 0n, max: 120n })
const units = fc.record({
  tickSize: fc.bigInt({ min: 1n, max: 3n }),
  lotSize: fc.bigInt({ min: 1n, max: 3n }),
  feeBps: fc.bigInt({ min: 0n, max: 1_000n }),
})
const action = fc.oneof(
  fc.record({ kind: fc.constant('deposit' as const), trader, base: amount, quote: amount }),
  fc.record({ kind: fc.constant('request' as const), trader, base: amount, quote: amount }),
  fc.record({ kind: fc.constant('execute' as const), trader }),
  fc.record({
    kind: fc.constant('settle' as const),
    seller: trader,
    buyer: trader,
    part: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({ kind: fc.constantFrom('void' as const, 'finalize' as const, 'use' as const, 'lapse' as const) }),
  fc.record({ kind: fc.constantFrom('pass' as const, 'pass' as const, 'pass' as const) }),
  fc.record({ kind: fc.constant('strike' as const), nth: fc.nat(2) }),
)
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never

function marginIn(book: NaiveMargins, who: Address, batchId: bigint) {
  const money = moneyByTrader(book.units, book.events, book.settled)
  const standing = book.settled.find((one) => one.batchId === batchId) ?? null
  return marginAt(moneyBefore(money.get(who) ?? [], standing), batchId)
}

/** The most lots that both sides' margins cover, or a part of them. */
function fillsOf(book: NaiveMargins, { seller, buyer, part }: Extract<Action, { kind: 'settle' }>): Fill[] {
  const { id } = book.toSettle!
  const { tickSize, lotSize, feeBps } = book.units
  const unit = BigInt(PRICE) * tickSize
  const bought = (marginIn(book, buyer, id).quote * 10_000n) / (10_000n + feeBps) / unit
  const sold = marginIn(book, seller, id).base / lotSize
  const lots = Number(((bought < sold ? bought : sold) * BigInt(part)) / 4n)
  const leaf = (number: number): Hex => toHex(number, { size: 32 })
  if (lots === 0 || seller === buyer) return []
  return [
    { leaf: leaf(1), trader: seller, sell: true, lots },
    { leaf: leaf(2), trader: buyer, sell: false, lots },
  ]
}

/** Batches that nobody settles in time. */
function lapse(book: NaiveMargins): void {
  for (let count = 0; count < 3; count++) {
    book.use()
    book.now++
    book.voidFirst()
  }
}

/** What was done, and what margins were when each batch was settled. */
function play(unit: typeof units extends fc.Arbitrary<infer U> ? U : never, actions: readonly Action[]) {
  const book = new NaiveMargins(unit)
  for (const who of TRADERS) book.deposit(who, 100n, 1_000n)
  const seen = new Map<bigint, string>()
  for (const step of actions) {
    if (step.kind === 'deposit') book.deposit(step.trader, step.base, step.quote)
    else if (step.kind === 'request') book.request(step.trader, step.base, step.quote)
    else if (step.kind === 'execute') book.execute(step.trader)
    else if (step.kind === 'use') book.use()
    else if (step.kind === 'pass') book.now++
    else if (step.kind === 'lapse') lapse(book)
    else if (step.kind === 'void') book.voidFirst()
    else if (step.kind === 'settle' && book.toSettle && book.toSettle.id < book.now) {
      const { id } = book.toSettle
      const fills = fillsOf(book, step)
      const before = TRADERS.map((who) => marginIn(book, who, id))
      book.settle(PRICE, fills)
      seen.set(id, before.map(({ base, quote }) => `${base}/${quote}`).join())
    } else if (step.kind === 'finalize' && book.head?.status === 'settled') {
      expect(book.finalize()).toBe(true)
    } else if (step.kind === 'strike') {
      const waiting = book.batches.filter(({ status }) => status === 'settled')
      if (waiting.length > 0) book.strike(waiting[step.nth % waiting.length]!.id)
    }
  }
  return { book, seen }
}

const histories = fc.array(action, { minLength: 20, maxLength: 90 })

describe('margin in a batch (PROTOCOL.md section 11)', () => {
  it('never promises what the contract’s own margin does not hold when the batch becomes final', () => {
    fc.assert(
      fc.property(units, histories, (unit, actions) => {
        const { book } = play(unit, actions)
        while (book.head?.status === 'settled') expect(book.finalize()).toBe(true)
      }),
      { numRuns: 1_500 },
    )
  })

  it('is the contract’s margin less what is asked for, once all is final and nothing waits', () => {
    fc.assert(
      fc.property(units, histories, (unit, actions) => {
        const { book } = play(unit, actions)
        while (book.head?.status === 'settled') book.finalize()
        for (const who of TRADERS) {
          const { base, quote, asked } = book.account(who)
          const free = (have: bigint, wanted: bigint) => (have > wanted ? have - wanted : 0n)
          expect(marginIn(book, who, book.now)).toEqual({
            base: free(base, asked.base),
            quote: free(quote, asked.quote),
          })
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('is the same for a settled batch whenever it is looked at again, until it is struck', () => {
    fc.assert(
      fc.property(units, histories, (unit, actions) => {
        const { book, seen } = play(unit, actions)
        for (const { batchId } of book.settled) {
          const now = TRADERS.map((who) => marginIn(book, who, batchId))
          expect(now.map(({ base, quote }) => `${base}/${quote}`).join()).toBe(seen.get(batchId))
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('plays what it is about: strikes, payments and fills are all met', () => {
    const met = { fills: 0, paid: 0 }
    fc.assert(
      fc.property(units, histories, (unit, actions) => {
        const { book } = play(unit, actions)
        met.fills += book.settled.filter(({ fills }) => fills.length > 0).length
        met.paid += book.events.filter(({ type }) => type === 'paid').length
      }),
      { numRuns: 1_000, seed: 11 },
    )
    expect(Math.min(met.fills, met.paid)).toBeGreaterThan(5)
  })
})
