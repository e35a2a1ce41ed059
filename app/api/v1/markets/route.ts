import { listMarkets } from '../../../../lib/db/book/markets'
import { decodeMarketCursor, encodeMarketCursor } from '../_lib/bookCursor'
import { marketListEndpoint } from '../_lib/marketEndpoints'
import { toMarketSummaries } from '../_lib/marketView'
import { serve } from '../_lib/serve'

export { OPTIONS } from '../_lib/cors'

/** Markets, filtered and sorted, page by page. */
export const GET = serve(marketListEndpoint, async ({ tx, now, query: { cursor, ...query } }) => {
  const after = decodeMarketCursor(cursor, query.sort)
  const { markets, next } = await listMarkets(tx, { ...query, after })
  return { markets: await toMarketSummaries(tx, markets, now), nextCursor: encodeMarketCursor(next) }
})
