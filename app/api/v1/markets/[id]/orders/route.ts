import { findMarket } from '../../../../../../lib/db/book/markets'
import { listOrders } from '../../../../../../lib/db/book/orders'
import { toOrderView } from '../../../_lib/batchView'
import { decodeOrderCursor, encodeOrderCursor } from '../../../_lib/bookCursor'
import { unknownMarket } from '../../../_lib/errors'
import { orderListEndpoint } from '../../../_lib/marketEndpoints'
import { serve } from '../../../_lib/serve'

export { OPTIONS } from '../../../_lib/cors'

/** The public part of orders, newest first, with what became of them. */
export const GET = serve(orderListEndpoint, async ({ tx, path: { id }, query: { cursor, trader, limit } }) => {
  const after = decodeOrderCursor(cursor)
  const market = await findMarket(tx, id)
  if (!market) throw unknownMarket()
  const { orders, next } = await listOrders(tx, { marketId: market.id, trader, after, limit })
  return { orders: orders.map(toOrderView), nextCursor: encodeOrderCursor(next) }
})
