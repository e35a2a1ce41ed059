import type { Address, Hex } from 'viem'
import { SubrosaError } from '../errors'
import { advanceBook, type BatchStep, type ClearingTerms, type RestingOrder } from './advanceBook'
import { carriedHash, type Carried } from './carried'
import type { OrderJudgement } from './judgeOrder'
import { marginAt, moneyBefore, moneyByTrader, unitsOf, type PlacedMoney, type StandingSettlement } from './marginAt'
import type { MarketParams } from './market'
import { fillsHash, type BatchSettlement, type Fill } from './settlement'
import { ZERO_HASH } from '../constants'

/** A used batch as the chain shows it; `ReplayedBatch` is one. */
export interface PublicBatch {
  batchId: bigint
  /** In seq order. */
  orders: readonly { leaf: Hex; trader: Address }[]
  /** Leaves cancelled in it. */
  cancelled: readonly Hex[]
  acc: Hex
  count: number
}

/** All that is public of a market: every used batch, in order, what stands of their settlements, and the money. */
export interface BookHistory {
  marketId: Hex
  params: Pick<MarketParams, 'tickSize' | 'lotSize' | 'feeBps' | 'bandBps' | 'maxOrderAge'> &
    Pick<ClearingTerms, 'maxFills'>
  batches: readonly PublicBatch[]
  /** A batch before the due one that has none is void. */
  settled: readonly StandingSettlement[]
  /** Deposits, requests and payments, in the chain's order. */
  money: readonly PlacedMoney[]
  /** Strikes so far. */
  strikes: number
}

/** What is known after a batch, and enough to go on from: history before it is not looked at again, but for money. */
export interface BookState {
  /** The batch it is the state after; 0 before any. */
  batchId: bigint
  resting: readonly RestingOrder[]
  /** The last price; null before any trade. */
  last: number | null
}

export interface BatchOutcome {
  /** What to sign. */
  settlement: BatchSettlement
  fills: Fill[]
  carried: Carried[]
  /** The state after the batches before this one: to go on from, while none of them is struck or turns void. */
  before: BookState
}

export const EMPTY_BOOK: BookState = { batchId: 0n, resting: [], last: null }

/**
 * The whole outcome of a batch from public history and openings: a pure function. PROTOCOL.md section 11.
 *
 * @param openings What each order says, by leaf; a leaf that is missing was sealed to another's key.
 * @param from The state after some earlier batch of the same history, to spare the batches before it.
 * @throws SubrosaError BATCH_NOT_NEXT where the batch is not a used one after `from`, or a later one is settled already.
 */
export function batchOutcome(
  history: BookHistory,
  batchId: bigint,
  openings: ReadonlyMap<Hex, OrderJudgement>,
  from: BookState = EMPTY_BOOK,
): BatchOutcome {
  const units = unitsOf(history.params)
  const { bandBps, maxFills, maxOrderAge } = history.params
  const earlier = history.settled.filter((one) => one.batchId < batchId)
  if (history.settled.some((one) => one.batchId > batchId)) throw new SubrosaError('BATCH_NOT_NEXT')
  const standing = new Map(earlier.map((one) => [one.batchId, one]))
  const money = moneyByTrader(units, history.money, earlier)
  let state = from
  for (const batch of history.batches) {
    if (batch.batchId <= from.batchId) continue
    if (batch.batchId > batchId) break
    const settled = standing.get(batch.batchId) ?? null
    const terms = termsOf(batch.batchId, state.last, settled)
    const placed = batch.orders.map(({ leaf, trader }) => {
      return { leaf, trader, batchId: batch.batchId, order: openings.get(leaf) ?? null }
    })
    const base = { batchId: batch.batchId, placed, cancelled: new Set(batch.cancelled), maxOrderAge }
    if (batch.batchId === batchId) {
      const { fills, carried, lastPrice } = advanceBook(state.resting, { ...base, kind: 'due', terms })
      const settlement: BatchSettlement = {
        ...{ marketId: history.marketId, batchId, acc: batch.acc, count: batch.count, round: history.strikes + 1 },
        ...{ price: lastPrice ?? 0, fillsHash: fillsHash(fills), carriedHash: carriedHash(carried) },
        proofHash: ZERO_HASH,
      }
      return { settlement, fills, carried, before: state }
    }
    const step: BatchStep = settled
      ? { ...base, kind: 'settled', fills: settled.fills, terms }
      : { ...base, kind: 'void' }
    const { resting } = advanceBook(state.resting, step)
    state = { batchId: batch.batchId, resting, last: settled ? lastAfter(state.last, settled) : state.last }
  }
  throw new SubrosaError('BATCH_NOT_NEXT', { details: `batch ${batchId} is not a used one after ${from.batchId}` })

  function termsOf(id: bigint, last: number | null, settled: StandingSettlement | null): ClearingTerms {
    const marginOf = (trader: Address) => marginAt(moneyBefore(money.get(trader.toLowerCase()) ?? [], settled), id)
    return { units, bandBps, maxFills, last, marginOf }
  }
}

/** The last price behind a settlement, as the contract keeps it: there is none before the first trade. */
export function lastAfter(
  last: number | null,
  { price, fills }: Pick<StandingSettlement, 'price' | 'fills'>,
): number | null {
  return last === null && fills.length === 0 ? null : price
}
