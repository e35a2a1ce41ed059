import { isAddressEqual, type Address, type Hex } from 'viem'
import type { MarketState } from '../../chain/book/marketState'
import { batchOutcome, type BatchOutcome, type BookHistory, type BookState } from '../../protocol/book/batchOutcome'
import { cancelledByBatch } from '../../protocol/book/cancellations'
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
  const cancelled = new Set([...cancelledIn(history, batchId, from).values()].flat())
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
  const cancelled = cancelledIn(history, batchId, from)
  const book: BookHistory = {
    marketId: id,
    params: market,
    strikes: market.strikes,
    batches: [...batches.values()].map(({ id: number, orders, acc, count }) => ({
      ...{ batchId: number, orders, acc, count, cancelled: cancelled.get(number) ?? [] },
    })),
    settled: [...settled.values()].map(({ batchId: number, settlement, fills, blockNumber, logIndex }) => ({
      ...{ batchId: number, price: settlement.price, fills, blockNumber, logIndex },
    })),
    money: events.flatMap((event) => moneyOf(event, market.base)),
  }
  return batchOutcome(book, batchId, opened, from)
}

/** The leaves that stop trading with each batch behind a state, up to one. */
function cancelledIn({ batches }: MarketHistory, batchId: bigint, from: BookState): Map<bigint, Hex[]> {
  const until = [...batches.values()].filter(({ id }) => id > from.batchId && id <= batchId)
  return cancelledByBatch(
    until.map(({ id, orders, cancellations }) => ({
      ...{ batchId: id, orders },
      cancelled: cancellations.flatMap((one) => ('leaf' in one ? [one.leaf] : [])),
      cancelledAll: cancellations.flatMap((one) => ('all' in one ? [one.all] : [])),
    })),
    from.resting,
  )
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
