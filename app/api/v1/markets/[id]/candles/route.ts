import { readCandles } from '../../../../../../lib/db/book/candles'
import { findMarket } from '../../../../../../lib/db/book/markets'
import { unknownMarket } from '../../../_lib/errors'
import { candlesEndpoint } from '../../../_lib/marketEndpoints'
import { toCandle } from '../../../_lib/marketView'
import { serve } from '../../../_lib/serve'

export { OPTIONS } from '../../../_lib/cors'

/** Prices and volumes of past batches, a span of time each. */
export const GET = serve(candlesEndpoint, async ({ tx, now, path, query: { interval, before, limit } }) => {
  const market = await findMarket(tx, path.id)
  if (!market) throw unknownMarket()
  // Without a limit, the span that is still going on is the last one.
  const end = before === undefined ? now + BigInt(interval) : BigInt(before)
  const candles = await readCandles(tx, { marketId: market.id, interval, before: end, limit })
  return { interval, candles: candles.map(toCandle) }
})
