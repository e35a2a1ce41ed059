import type { Address, Hex } from 'viem'
import { bandAround, bandWidth } from '../clearing/band'
import { clear, DROP, type Clearing } from '../clearing/clear'
import { coverFrom, type Margin, type MarketUnits } from '../clearing/margin'
import { createColumns, ORDER_FLAG } from '../clearing/orders'
import type { Carried } from './carried'
import { DISPOSITION, restsOn } from './disposition'
import type { OrderJudgement, OrderTerms } from './judgeOrder'
import { byLeaf, type Fill } from './settlement'

/** An order that came into a batch. */
export interface RestingOrder {
  leaf: Hex
  /** The batch it was placed in. */
  batchId: bigint
  trader: Address
  /** What it says; null where it is sealed to a key that is not here, so that nobody here can know. */
  order: OrderJudgement | null
  /** Lots, over all earlier batches. */
  filled: number
}

/** What a batch is cleared by. */
export interface ClearingTerms {
  units: MarketUnits
  bandBps: number
  /** Fills that the batch may have; null for any number. */
  maxFills: number | null
  /** Ticks per lot, as the batch finds it; null before any trade. */
  last: number | null
  /** `marginAt` of a trader in this batch. */
  marginOf: (trader: Address) => Margin
}

/** A used batch: `void`, `settled` with fills that are public, or `due`, to be cleared now. */
export type BatchStep = {
  batchId: bigint
  /** New orders, in seq order. */
  placed: readonly Omit<RestingOrder, 'filled'>[]
  /** Leaves cancelled in this batch. */
  cancelled: ReadonlySet<Hex>
  /** Batches after its own in which an order may still trade. */
  maxOrderAge: number
} & (
  | { kind: 'void' }
  | { kind: 'settled'; fills: readonly Fill[]; terms: ClearingTerms }
  | { kind: 'due'; terms: ClearingTerms }
)

export interface StepResult {
  /** What goes on into the next used batch, by (batch, seq) of placing. */
  resting: RestingOrder[]
  /** What became of every order that came into the batch, in the same order. */
  carried: Carried[]
  /** In ascending order of leaves: those of the step where it was settled, none where void. */
  fills: Fill[]
  /** Where the rule puts the last price; null before any trade, and for a void batch, which leaves it. */
  lastPrice: number | null
}

type LiveOrder = RestingOrder & { order: OrderTerms }

/** What a drop means for an order that stays, and for one that does not. */
const DROPPED: Record<number, readonly [number, number]> = {
  [DROP.selfTrade]: [DISPOSITION.selfTrade, DISPOSITION.selfTrade],
  [DROP.tooManyConditional]: [DISPOSITION.tooManyConditional, DISPOSITION.tooManyConditional],
  [DROP.fillOrKill]: [DISPOSITION.fillOrKill, DISPOSITION.fillOrKill],
  [DROP.uncovered]: [DISPOSITION.uncovered, DISPOSITION.uncovered],
  [DROP.minFill]: [DISPOSITION.minFillRests, DISPOSITION.minFillEnded],
  [DROP.cut]: [DISPOSITION.cutRests, DISPOSITION.cutEnded],
  [DROP.crowdedOut]: [DISPOSITION.crowdedOutRests, DISPOSITION.crowdedOutEnded],
}

/**
 * One batch further: what it does to the orders that came into it. A pure function, folded over a market's used batches
 * in order; what rests after one of them may be kept and folded on. PROTOCOL.md section 11.
 *
 * Cancelled in a batch means that it does not trade from it on. A void batch fills nothing and drops nobody but the
 * cancelled, the expired, the too old and the invalid; an order for that batch alone ends with it.
 */
export function advanceBook(resting: readonly RestingOrder[], step: BatchStep): StepResult {
  const present: RestingOrder[] = [...resting, ...step.placed.map((order) => ({ ...order, filled: 0 }))]
  const dispositions = present.map((order) => beforeClearing(order, step))
  const live: LiveOrder[] = []
  const places: number[] = []
  for (const [place, order] of present.entries()) {
    if (dispositions[place] !== null || !order.order?.valid) continue
    live.push({ ...order, order: order.order })
    places.push(place)
  }
  const cleared = step.kind === 'void' ? null : clearLive(live, step.terms)
  const fills =
    step.kind === 'settled' ? [...step.fills].sort(byLeaf) : cleared ? fillsOf(live, cleared.clearing).sort(byLeaf) : []
  const lots = new Map(fills.map((fill) => [fill.leaf, fill.lots]))
  for (const [at, order] of live.entries()) {
    dispositions[places[at]!] = afterClearing(order, at, lots.get(order.leaf) ?? 0, cleared)
  }
  const next: RestingOrder[] = []
  const carried = present.map((order, place): Carried => {
    const filled = order.filled + (lots.get(order.leaf) ?? 0)
    const disposition = dispositions[place]!
    if (restsOn(disposition)) next.push({ ...order, filled })
    return { leaf: order.leaf, filled, disposition }
  })
  return { resting: next, carried, fills, lastPrice: cleared?.clearing.lastPrice ?? null }
}

/** Section 11, step 1; null for an order that takes part. What everybody can see comes first. */
function beforeClearing(one: RestingOrder, { batchId, cancelled, maxOrderAge }: BatchStep): number | null {
  if (cancelled.has(one.leaf)) return DISPOSITION.cancelled
  if (batchId - one.batchId > maxOrderAge) return DISPOSITION.tooOld
  if (one.order === null) return DISPOSITION.unopened
  if (!one.order.valid) return DISPOSITION.invalid
  const { expiryBatch } = one.order
  return expiryBatch !== 0 && batchId > BigInt(expiryBatch) ? DISPOSITION.expired : null
}

interface Cleared {
  clearing: Clearing
  /** Lots that margin covered of an order that it did not cover whole; 0 for others. */
  cutTo: Uint32Array
}

/** Section 11, steps 2 to 6. */
function clearLive(live: readonly LiveOrder[], { units, bandBps, maxFills, last, marginOf }: ClearingTerms): Cleared {
  const columns = createColumns(live.length)
  const numbers = new Map<string, number>()
  const traders: Address[] = []
  for (const [at, { order, filled, trader }] of live.entries()) {
    const key = trader.toLowerCase()
    let number = numbers.get(key)
    if (number === undefined) {
      number = traders.push(trader) - 1
      numbers.set(key, number)
    }
    const remainder = Math.max(0, order.quantity - filled)
    columns.flags[at] = order.flags
    columns.price[at] = order.price
    columns.quantity[at] = remainder
    columns.minFill[at] = Math.min(order.minFill, remainder)
    columns.trader[at] = number
  }
  const cover = coverFrom(units, columns, traders.map(marginOf))
  const cutTo = new Uint32Array(live.length)
  const noting = (at: number) => {
    const granted = cover(at)
    if (granted < columns.quantity[at]!) cutTo[at] = granted
    return granted
  }
  const band = last === null ? null : bandAround(last, bandWidth(last, bandBps))
  return { clearing: clear(columns, last, band, { cover: noting, maxFills }), cutTo }
}

function fillsOf(live: readonly LiveOrder[], { fills }: Clearing): Fill[] {
  return live.flatMap(({ leaf, trader, order }, at) =>
    fills[at]! > 0 ? [{ leaf, trader, sell: (order.flags & ORDER_FLAG.sell) !== 0, lots: fills[at]! }] : [],
  )
}

/** @param cleared Null for a void batch. @param lots What the batch gave it. */
function afterClearing({ order, filled }: LiveOrder, at: number, lots: number, cleared: Cleared | null): number {
  if (filled + lots >= order.quantity) return DISPOSITION.filled
  const stays = (order.flags & ORDER_FLAG.stays) !== 0
  const dropped = cleared && DROPPED[cleared.clearing.drops[at]!]
  if (dropped) return dropped[stays ? 0 : 1]
  if (lots > 0 && cleared?.cutTo[at] === lots) return stays ? DISPOSITION.cutRests : DISPOSITION.cutEnded
  return stays ? DISPOSITION.rests : DISPOSITION.ended
}
