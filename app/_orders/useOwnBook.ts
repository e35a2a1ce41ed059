'use client'

import type { Address, Hex } from 'viem'
import type { MarketState } from '../../lib/chain/book/marketState'
import { batchAt } from '../_data/batches'
import { freeMargin, type MarginView } from '../_margin/freeMargin'
import { useMargin, type StoredMargin } from '../_margin/useMargin'
import type { MarketView } from './marketView'
import type { StandingList } from './foldBatches'
import { fateOf, type OrderFate } from './orderFate'
import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import type { OrderReason } from './orderReason'
import { filledLots, type OwnOrder } from './ownOrders'
import { selfTrades } from './selfTrade'
import { useOrderReasons } from './useOrderReasons'
import { useOpenedOrders, type OpenedOrders } from './useOpenedOrders'
import { useOwnOrders } from './useOwnOrders'

/** `reason`: what the enclave's list says of it; null where none has said anything, or was asked. */
export type BookOrder = {
  order: OwnOrder
  terms: OrderTerms | null
  fate: OrderFate
  reason: OrderReason | null
}

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
const NO_LISTS: readonly StandingList[] = []
const NO_REASONS: ReadonlyMap<Hex, OrderReason> = new Map()
/** Orders with one of these fates may still trade, and draw on the margin. */
const OPEN: readonly OrderFate['at'][] = ['sealed', 'resting', 'unread', 'cancelling']

/** Orders that are over whose lists are read at first: more than are shown. */
const ENDED_READ = 8

/**
 * One account's orders and margin in one market.
 *
 * @param now Chain time of the newest block, Unix seconds.
 * @param all Whether every order's reason is looked for, however long it is over.
 */
export function useOwnBook(market: MarketView, account: Address, now: number, all = false) {
  const own = useOwnOrders(market, account)
  const margin = useMargin(market.id, account)
  const opened = useOpenedOrders(market, account, own.data?.orders ?? NONE)
  const read = (own.data?.orders ?? NONE).map((order) => ({ order, terms: opened.terms.get(order.leaf) ?? null }))
  const crossed = selfTrades(read)
  const progress = { toSettle: Number(own.data?.state.toSettle ?? 0n), current: batchAt(market, now) }
  const fates = (reasons: ReadonlyMap<Hex, OrderReason>) =>
    read.map(({ order, terms }): BookOrder => {
      const reason = reasons.get(order.leaf) ?? null
      return { order, terms, fate: fateOf(order, terms, progress, crossed.has(order.leaf), reason), reason }
    })
  const orders = fates(useOrderReasons(market.id, toAsk(fates(NO_REASONS), all), own.data?.lists ?? NO_LISTS))
  const error = own.error ?? margin.error
  const refetch = () => {
    void own.refetch()
    void margin.refetch()
  }
  if (!own.data || !margin.data) return { data: undefined, error, refetch }
  const { state } = own.data
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

/** Orders whose reasons are looked for: what may still trade, and the newest of those that are over. */
function toAsk(entries: readonly BookOrder[], all: boolean): OwnOrder[] {
  const ended = entries.filter((entry) => !isOpen(entry))
  const left = new Set(all ? [] : ended.slice(0, -ENDED_READ))
  return entries.filter((entry) => !left.has(entry)).map(({ order }) => order)
}
