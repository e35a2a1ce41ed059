// Clearing a hundred thousand orders at one price, with every fill: against a plain loop that finds the price alone, and
// against a continuous order book that is fed the same orders one by one. And the whole outcome of a batch of the book.
import { parseArgs } from 'node:util'
import { OrderBook, Side } from 'nodejs-order-book'
import { batchOutcome } from '../../lib/protocol/book/batchOutcome'
import { clear, DROP, MAX_CONDITIONAL } from '../../lib/protocol/clearing/clear'
import { createColumns, ORDER_FLAG, type OrderColumns } from '../../lib/protocol/clearing/orders'
import { restingBook } from '../fixtures/restingBook'
import { naivePrice, type PlainOrder } from './clearing/naivePrice'
import { report } from './line'

const { values } = parseArgs({ options: { orders: { type: 'string', default: '100000' } } })
const COUNT = Number(values.orders)
const ROUNDS = 5
const round = (value: number) => Number(value.toPrecision(4))

/** The same numbers in every run: mulberry32. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/**
 * Buys and sells in turn around the middle, each from a trader of his own.
 *
 * @param spread How many prices there are.
 * @param conditional So many orders, evenly spread, are fill-or-kill buys of too much: each is left out in a round of its own.
 */
function makeBook({ spread, conditional = 0 }: { spread: number; conditional?: number }): OrderColumns {
  const next = numbers(spread)
  const book = createColumns(COUNT)
  const every = conditional === 0 ? Infinity : Math.floor(COUNT / conditional)
  for (let at = 0; at < COUNT; ++at) {
    book.price[at] = 1_000_000 + next(spread)
    book.quantity[at] = 1 + next(1_000)
    book.flags[at] = at % 2 === 0 ? 0 : ORDER_FLAG.sell
    book.trader[at] = at
    if (at % every === every - 1) {
      // It pays any price for more than all sellers have, so that it always takes part, and never is filled whole.
      book.flags[at] = ORDER_FLAG.fillOrKill
      book.quantity[at] = 3_000_000_000
      book.price[at] = 4_000_000_000
    }
  }
  return book
}

function plainOf(book: OrderColumns): PlainOrder[] {
  return Array.from({ length: book.count }, (_, at) => ({
    isSell: (book.flags[at]! & ORDER_FLAG.sell) !== 0,
    price: BigInt(book.price[at]!),
    quantity: BigInt(book.quantity[at]!),
  }))
}

/** Milliseconds of the best of some rounds: the others were interrupted. */
function best(work: () => unknown, rounds = ROUNDS): number {
  let least = Infinity
  for (let done = 0; done < rounds; ++done) {
    const start = performance.now()
    work()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

/** Orders a second, in the best of some rounds. */
const rate = (work: () => unknown, rounds = ROUNDS): number => (COUNT * 1_000) / best(work, rounds)

function feed(orders: { id: string; side: Side; size: number; price: number }[]): void {
  const book = new OrderBook()
  for (const order of orders) {
    const { err } = book.limit(order)
    if (err) throw new Error(`the continuous book refuses an order: ${err.message}`)
  }
}

function compare(name: string, book: OrderColumns): void {
  const cleared = clear(book, null, null)
  const plain = plainOf(book)
  const simple = naivePrice(plain)
  if (cleared.price === null || simple?.volume !== BigInt(cleared.volume)) {
    throw new Error(`${name}: the naive loop trades ${simple?.volume}, the clearing ${cleared.volume}`)
  }
  let bought = 0
  for (let at = 0; at < COUNT; ++at) if (!(book.flags[at]! & ORDER_FLAG.sell)) bought += cleared.fills[at]!
  if (bought !== cleared.volume) throw new Error(`${name}: ${bought} lots given of ${cleared.volume}`)

  const value = rate(() => clear(book, null, null))
  const naive = rate(() => naivePrice(plain))
  const orders = Array.from({ length: COUNT }, (_, at) => ({
    id: String(at),
    side: book.flags[at]! & ORDER_FLAG.sell ? Side.SELL : Side.BUY,
    size: book.quantity[at]!,
    price: book.price[at]!,
  }))
  const continuous = rate(() => feed(orders), 2)
  const common = { bench: 'clearing', value: round(value), unit: 'orders a second', orders: COUNT }
  for (const [against, baseline] of [
    ['a bigint loop that finds the price alone', naive],
    ['nodejs-order-book', continuous],
  ] as const) {
    const figures = { baseline: round(baseline), ratio: round(value / baseline) }
    report({ case: `${name}, cleared and allocated, against ${against}`, ...common, ...figures })
  }
}

/** As many orders with terms as a batch considers, every one of them left out in the end, one a round. */
function measureTerms(): void {
  const plain = makeBook({ spread: 1_000_000 })
  const book = makeBook({ spread: 1_000_000, conditional: MAX_CONDITIONAL })
  const dropped = clear(book, null, null).drops.filter((drop) => drop === DROP.fillOrKill).length
  if (dropped !== MAX_CONDITIONAL) throw new Error(`${dropped} of ${MAX_CONDITIONAL} fill-or-kill orders were left out`)
  const of = (columns: OrderColumns, rounds = ROUNDS) => rate(() => clear(columns, null, null), rounds)
  const [value, baseline] = [of(book, 1), of(plain)]
  report({
    bench: 'clearing',
    case: `${MAX_CONDITIONAL} fill-or-kill orders left out one after the other, against none`,
    ...{ value: round(value), unit: 'orders a second', baseline: round(baseline), ratio: round(value / baseline) },
    orders: COUNT,
  })
}

/** What an enclave does with a batch once its orders are open; more than a second of it would be felt. */
function measureOutcome(): void {
  const params = { tickSize: 3n, lotSize: 2n, feeBps: 25, bandBps: 2_000, maxFills: null, maxOrderAge: 10 }
  const { history, openings } = restingBook(params, { resting: 5_000, fresh: 1_000 })
  report({
    ...{ bench: 'clearing', case: 'the outcome of a batch of 1,000 new orders on 5,000 resting ones' },
    ...{ value: round(best(() => batchOutcome(history, 2n, openings))), unit: 'ms', target: 1_000 },
  })
}

compare('a million prices', makeBook({ spread: 1_000_000 }))
compare('a hundred prices', makeBook({ spread: 100 }))
compare('one price', makeBook({ spread: 1 }))
measureTerms()
measureOutcome()
