'use client'

import type { Address } from 'viem'
import type { MarketState } from '../../lib/chain/book/marketState'
import { batchAt } from '../_data/batches'
import { freeMargin, type MarginView } from '../_margin/freeMargin'
import { useMargin, type StoredMargin } from '../_margin/useMargin'
import type { MarketView } from './marketView'
import { fateOf, type OrderFate } from './orderFate'
import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import { filledLots, type OwnOrder } from './ownOrders'
import { selfTrades } from './selfTrade'
import { useOpenedOrders, type OpenedOrders } from './useOpenedOrders'
import { useOwnOrders } from './useOwnOrders'

export type BookOrder = { order: OwnOrder; terms: OrderTerms | null; fate: OrderFate }

/** All that is one's own in a market. `unread`: orders that may still trade, and that nothing here opens. */
export type OwnBook = {
  state: MarketState
  orders: BookOrder[]
  opened: OpenedOrders
  stored: StoredMargin
  view: MarginView
  unread: number
}

const NONE: readonly OwnOrder[] = []
/** Orders with one of these fates may still trade, and draw on the margin. */
const OPEN: readonly OrderFate['at'][] = ['sealed', 'resting', 'unread', 'cancelling']

/**
 * One account's orders and margin in one market.
 *
 * @param now Chain time of the newest block, Unix seconds.
 */
export function useOwnBook(market: MarketView, account: Address, now: number) {
  const own = useOwnOrders(market, account)
  const margin = useMargin(market.id, account)
  const opened = useOpenedOrders(market, account, own.data?.orders ?? NONE)
  const error = own.error ?? margin.error
  const refetch = () => {
    void own.refetch()
    void margin.refetch()
  }
  if (!own.data || !margin.data) return { data: undefined, error, refetch }
  const { state } = own.data
  const progress = { toSettle: Number(state.toSettle), current: batchAt(market, now) }
  const read = own.data.orders.map((order) => ({ order, terms: opened.terms.get(order.leaf) ?? null }))
  const crossed = selfTrades(read)
  const orders = read.map(({ order, terms }): BookOrder => {
    return { order, terms, fate: fateOf(order, terms, progress, crossed.has(order.leaf)) }
  })
  const open = orders.filter(({ fate }) => OPEN.includes(fate.at))
  const { margin: stored, withdrawal } = margin.data
  const view = freeMargin(
    {
      margin: stored,
      requested: withdrawal ?? { base: 0n, quote: 0n },
      pending: own.data.orders.flatMap(({ fills }) => fills.filter(({ final }) => !final)),
      orders: open.flatMap(({ order, terms }) =>
        terms ? [{ terms, left: Math.max(0, terms.quantity - filledLots(order)) }] : [],
      ),
    },
    market,
  )
  const data: OwnBook = {
    state,
    orders,
    opened,
    stored: margin.data,
    view,
    unread: open.filter(({ terms }) => terms === null).length,
  }
  return { data, error, refetch }
}

/** Whether an order may still trade. */
export function isOpen({ fate }: Pick<BookOrder, 'fate'>): boolean {
  return OPEN.includes(fate.at)
}
