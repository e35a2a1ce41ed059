import { listBatches } from '../../../../../../lib/db/book/batches'
import { findMarket } from '../../../../../../lib/db/book/markets'
import { toBatchView } from '../../../_lib/batchView'
import { decodeBatchCursor, encodeBatchCursor } from '../../../_lib/bookCursor'
import { unknownMarket } from '../../../_lib/errors'
import { batchListEndpoint } from '../../../_lib/marketEndpoints'
import { serve } from '../../../_lib/serve'

export { OPTIONS } from '../../../_lib/cors'

/** A market's used batches, newest first. */
export const GET = serve(batchListEndpoint, async ({ tx, now, path: { id }, query: { cursor, traded, limit } }) => {
  const before = decodeBatchCursor(cursor)
  const market = await findMarket(tx, id)
  if (!market) throw unknownMarket()
  const filter = { marketId: market.id, traded: traded === undefined ? undefined : traded === 'true', before, limit }
  const { batches, next } = await listBatches(tx, filter)
  return { batches: batches.map((batch) => toBatchView(batch, market, now)), nextCursor: encodeBatchCursor(next) }
})
