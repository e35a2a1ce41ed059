import { bandAround, bandWidth } from '../../lib/protocol/clearing/band'
import type { MarketView } from './marketView'

/**
 * The worst price at which the next batch may clear: the band's edge on that side, in ticks. Undefined before any trade,
 * where there is no band.
 */
export function worstPrice(side: 'buy' | 'sell', market: MarketView): number | undefined {
  if (market.lastPrice === null) return undefined
  const { low, high } = bandAround(market.lastPrice, bandWidth(market.lastPrice, market.bandBps))
  return side === 'buy' ? high : Math.max(low, 1)
}
