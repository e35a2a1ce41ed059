import { judgeOrder, type OrderJudgement } from '../../protocol/book/judgeOrder'
import type { SealContext } from '../../protocol/sealing/context'
import { openerOf, type OpeningKey } from '../open'
import type { BookOrder } from './marketHistory'

/** Some orders to open that were sealed to one key. */
export type OrdersJob = {
  key: OpeningKey
  context: SealContext
  /** The market's: smaller orders are bad orders. */
  minLots: number
  orders: readonly Pick<BookOrder, 'trader' | 'x' | 'y' | 'sealed'>[]
}

/** What a sealed order turned out to be. */
export type OpenedOrder = OrderJudgement

/** Opens and judges orders by section 11, step 1. @returns One for each, in the same order. */
export function openOrderRecords({ key, context, minLots, orders }: OrdersJob): OpenedOrder[] {
  const open = openerOf(key, context)
  return orders.map(({ trader, x, y, sealed }) => {
    const leaf = { context, trader, x, y, sealed }
    return judgeOrder(open(leaf), leaf, minLots)
  })
}
