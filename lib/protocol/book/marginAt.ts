import type { Address } from 'viem'
import { feeOf, type Margin, type MarketUnits } from '../clearing/margin'
import type { MarketParams } from './market'
import type { Fill } from './settlement'

/**
 * What moved one trader's margin, or will: base units of either token, never below 0 but in a fill, which has a minus for
 * what it takes. `batchId` is the event's own; a fill's is the batch that it was settled in.
 */
export type MoneyEvent =
  | { type: 'deposit'; batchId: bigint; base: bigint; quote: bigint }
  | { type: 'request'; batchId: bigint; base: bigint; quote: bigint }
  | { type: 'paid'; base: bigint; quote: bigint }
  | { type: 'fill'; batchId: bigint; base: bigint; quote: bigint }

/**
 * What a trader's orders of a batch can count on: deposits before its end, less withdrawals requested until then, plus
 * the fills of earlier batches whose settlement stands, final or not. PROTOCOL.md section 11.
 *
 * A request counts in full until it is paid, even where earlier batches left less to pay; the payment takes what it took,
 * and ends whatever was asked for until then. So the contract's own margin, when the batch becomes final,
 * is never below this: it has the same fills behind it, later deposits on top, and only payments of requests that count
 * here already, since a request is not paid before every batch up to its own is final or void.
 *
 * @param events The trader's, in the chain's order; of payments only those before the batch was settled, as
 * `moneyBefore` gives them, so that a batch looked at again gives the same.
 */
export function marginAt(events: readonly MoneyEvent[], batchId: bigint): Margin {
  let [base, quote] = [0n, 0n]
  let asked: Margin = { base: 0n, quote: 0n }
  for (const event of events) {
    if (event.type === 'paid') {
      base -= event.base
      quote -= event.quote
      asked = { base: 0n, quote: 0n }
    } else if (event.type === 'request') {
      if (event.batchId <= batchId) asked = { base: asked.base + event.base, quote: asked.quote + event.quote }
    } else if (event.type === 'deposit' ? event.batchId <= batchId : event.batchId < batchId) {
      base += event.base
      quote += event.quote
    }
  }
  return { base: atLeastZero(base - asked.base), quote: atLeastZero(quote - asked.quote) }
}

const atLeastZero = (value: bigint) => (value < 0n ? 0n : value)

/** What one lot moves in a market, and its fee. */
export function unitsOf({ tickSize, lotSize, feeBps }: Pick<MarketParams, keyof MarketUnits>): MarketUnits {
  return { tickSize, lotSize, feeBps: BigInt(feeBps) }
}

/** What a fill gives and takes, fee included, and the fee. PROTOCOL.md section 11. */
export function fillMoney(
  { tickSize, lotSize, feeBps }: MarketUnits,
  price: number,
  { sell, lots }: Pick<Fill, 'sell' | 'lots'>,
): Margin & { fee: bigint } {
  const payment = BigInt(price) * tickSize * BigInt(lots)
  const base = lotSize * BigInt(lots)
  const fee = feeOf(payment, feeBps)
  return sell ? { base: -base, quote: payment - fee, fee } : { base, quote: -payment - fee, fee }
}

/** Where an event stands in the chain. */
export interface ChainPlace {
  blockNumber: bigint
  logIndex: number
}

/** One trader's event, where it stands. */
export type PlacedMoney = MoneyEvent & ChainPlace & { trader: Address }

/** A settlement that stands: neither void nor struck. */
export interface StandingSettlement extends ChainPlace {
  batchId: bigint
  price: number
  fills: readonly Fill[]
}

/** Whether `a` came before `b`. */
export function isBefore(a: ChainPlace, b: ChainPlace): boolean {
  return a.blockNumber < b.blockNumber || (a.blockNumber === b.blockNumber && a.logIndex < b.logIndex)
}

/**
 * Each trader's events for `marginAt`, by address in lower case: what was deposited, requested and paid, and what the
 * settlements that stand gave and took.
 *
 * @param money `deposit`, `request` and `paid`, in the chain's order.
 */
export function moneyByTrader(
  units: MarketUnits,
  money: readonly PlacedMoney[],
  settled: readonly StandingSettlement[],
): Map<string, PlacedMoney[]> {
  const byTrader = new Map<string, PlacedMoney[]>()
  const add = (event: PlacedMoney) => {
    const key = event.trader.toLowerCase()
    const known = byTrader.get(key)
    if (known) known.push(event)
    else byTrader.set(key, [event])
  }
  for (const event of money) add(event)
  for (const { batchId, price, fills, blockNumber, logIndex } of settled) {
    for (const fill of fills) {
      const { base, quote } = fillMoney(units, price, fill)
      add({ type: 'fill', batchId, base, quote, trader: fill.trader, blockNumber, logIndex })
    }
  }
  return byTrader
}

/** The events without the payments that came after a settlement; all of them where there is none yet. */
export function moneyBefore(events: readonly PlacedMoney[], settlement: ChainPlace | null): readonly PlacedMoney[] {
  return settlement ? events.filter((event) => event.type !== 'paid' || isBefore(event, settlement)) : events
}
