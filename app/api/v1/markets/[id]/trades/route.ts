import { listTrades } from '../../../../../../lib/db/book/fills'
import { findMarket } from '../../../../../../lib/db/book/markets'
import { toFillView } from '../../../_lib/batchView'
import { decodeTradeCursor, encodeTradeCursor } from '../../../_lib/bookCursor'
import { unknownMarket } from '../../../_lib/errors'
import { tradesEndpoint } from '../../../_lib/marketEndpoints'
import { serve } from '../../../_lib/serve'

export { OPTIONS } from '../../../_lib/cors'

/** What orders got, newest batch first. */
export const GET = serve(tradesEndpoint, async ({ tx, path: { id }, query: { cursor, trader, limit } }) => {
  const after = decodeTradeCursor(cursor)
  const market = await findMarket(tx, id)
  if (!market) throw unknownMarket()
  const { trades, next } = await listTrades(tx, { marketId: market.id, trader, after, limit })
  return { trades: trades.map(toFillView), nextCursor: encodeTradeCursor(next) }
})
