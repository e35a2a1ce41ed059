import { findMarket } from '../../../../../lib/db/book/markets'
import { unknownMarket } from '../../_lib/errors'
import { marketEndpoint } from '../../_lib/marketEndpoints'
import { toMarketDetail } from '../../_lib/marketView'
import { serve } from '../../_lib/serve'

export { OPTIONS } from '../../_lib/cors'

/** One market: terms, the open batch, the band, and what waits. */
export const GET = serve(marketEndpoint, async ({ tx, now, path: { id } }) => {
  const market = await findMarket(tx, id)
  if (!market) throw unknownMarket()
  return { market: await toMarketDetail(tx, market, now) }
})
