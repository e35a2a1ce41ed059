import { isAddressEqual, type Address } from 'viem'
import type { MarketState } from '../../chain/book/marketState'
import { batchOutcome, type BatchOutcome, type BookHistory, type BookState } from '../../protocol/book/batchOutcome'
import { MAX_FILLS } from '../../protocol/book/market'
import type { PlacedMoney } from '../../protocol/book/marginAt'
import { ORDER_FLAG } from '../../protocol/clearing/orders'
import type { AgreedEvent, BookOrder, MarketHistory } from './marketHistory'
import type { OpenedOrders } from './openOrders'
import type { BatchSettled } from './standing'

/** Orders that play a part in a batch or in one before it. */
export function ordersOf({ batches }: MarketHistory, batchId: bigint): BookOrder[] {
  return [...batches.values()].filter(({ id }) => id <= batchId).flatMap(({ orders }) => orders)
}

/**
 * Traders whose orders may trade in a batch: those of the batch, and those of earlier ones not known to be over.
 *
 * @param from The state after some earlier batch; of batches up to it the history need not hold orders any more.
 */
export function tradersOf(history: MarketHistory, batchId: bigint, opened: OpenedOrders, from: BookState): Address[] {
  const until = [...history.batches.values()].filter(({ id }) => id <= batchId)
  const cancelled = new Set(until.flatMap(({ cancellations }) => cancellations.map(({ leaf }) => leaf)))
  const mayTrade = (order: BookOrder) => {
    if (cancelled.has(order.leaf)) return false
    const known = opened.get(order.leaf)
    if (order.batchId === batchId || !known) return true
    return known.valid && (known.flags & ORDER_FLAG.stays) !== 0
  }
  const resting = from.resting.filter(({ leaf }) => !cancelled.has(leaf))
  const placed = ordersOf(history, batchId).filter(mayTrade)
  return [...new Set([...resting, ...placed].map(({ trader }) => trader))]
}

/**
 * What a batch comes to, by the protocol's own rule, from what was read and proven.
 *
 * @param settled Settlements that stand, by batch.
 * @param from The state after some earlier batch of the same history.
 */
export function outcomeOf(
  history: MarketHistory & { market: MarketState },
  settled: ReadonlyMap<bigint, BatchSettled>,
  batchId: bigint,
  opened: OpenedOrders,
  from: BookState,
): BatchOutcome {
  const { id, market, batches, events } = history
  const book: BookHistory = {
    marketId: id,
    params: { ...market, maxFills: MAX_FILLS, maxOrderAge: Infinity },
    strikes: market.strikes,
    batches: [...batches.values()].map(({ id: number, orders, cancellations, acc, count }) => ({
      ...{ batchId: number, orders, acc, count, cancelled: cancellations.map(({ leaf }) => leaf) },
    })),
    settled: [...settled.values()].map(({ batchId: number, settlement, fills, blockNumber, logIndex }) => ({
      ...{ batchId: number, price: settlement.price, fills, blockNumber, logIndex },
    })),
    money: events.flatMap((event) => moneyOf(event, market.base)),
  }
  return batchOutcome(book, batchId, opened, from)
}

function moneyOf(event: AgreedEvent, baseToken: Address): PlacedMoney[] {
  if (event.type === 'BatchSettled') return []
  const { trader, blockNumber, logIndex } = event
  const place = { trader, blockNumber, logIndex }
  switch (event.type) {
    case 'MarginDeposited': {
      const [base, quote] = isAddressEqual(event.token, baseToken) ? [event.amount, 0n] : [0n, event.amount]
      return [{ type: 'deposit', batchId: event.batchId, base, quote, ...place }]
    }
    case 'WithdrawalRequested':
      return [{ type: 'request', batchId: event.batchId, base: event.base, quote: event.quote, ...place }]
    case 'MarginWithdrawn':
      return [{ type: 'paid', base: event.base, quote: event.quote, ...place }]
  }
}
