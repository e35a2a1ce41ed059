import { BATCH_STATUS } from '../../chain/book/batchState'
import { EMPTY_BOOK, type BookState } from '../../protocol/book/batchOutcome'
import { emptyHistory, type MarketHistory, type UsedBatch } from './marketHistory'
import type { Weight } from './marketCache'
import type { OpenedOrders } from './openOrders'
import type { Hex } from 'viem'

/** What is kept of a market, so that a batch takes the work of its own orders alone. A cache: it can be lost any time. */
export type KnownMarket = {
  history: MarketHistory
  /** What orders of batches after `state` say. */
  opened: OpenedOrders
  /** The book after the newest batch before which, and with which, all are final or void. */
  state: BookState
  last: Promise<unknown>
}

/** @param startBlock The first block in which the market can be. */
export function newMarket(id: Hex, startBlock: bigint): KnownMarket {
  return { history: emptyHistory(id, startBlock), opened: new Map(), state: EMPTY_BOOK, last: Promise.resolve() }
}

/** For `MarketCache`. */
export function weightOf({ history: { batches, events }, opened, state }: KnownMarket): Weight {
  let [leaves, kept] = [0, 0]
  for (const { count, orders, cancellations } of batches.values()) {
    leaves += count
    kept += orders.length + cancellations.length
  }
  return {
    cost: leaves + events.length,
    size: kept + events.length + batches.size + opened.size + state.resting.length,
  }
}

/**
 * Goes on from the state after a batch, where that can change no more: every batch up to it is final or void, in a block
 * that cannot be undone. Then what their orders said is in the state, or over: both orders and cancellations are dropped.
 * What is left of those batches is what storage and settlements say of them.
 */
export function goOnFrom(known: KnownMarket, state: BookState): void {
  const { batches } = known.history
  if (state.batchId <= known.state.batchId || !canChangeNoMore(known.history, state.batchId)) return
  known.state = state
  const left = new Map<bigint, UsedBatch>()
  for (const [id, batch] of batches) {
    if (id > state.batchId) left.set(id, batch)
    else {
      for (const { leaf } of batch.orders) known.opened.delete(leaf)
      left.set(id, { ...batch, orders: [], cancellations: [] })
    }
  }
  known.history = { ...known.history, batches: left }
}

/** Whether every batch up to this one is final or void, in a block that cannot be undone. */
function canChangeNoMore({ batches }: MarketHistory, batchId: bigint): boolean {
  return [...batches.values()].every(({ id, state }) => id > batchId || state.status !== BATCH_STATUS.OPEN)
}
