import type { MarketSummary } from '../api/v1/_schemas/market'
import type { MarketView } from '../_orders/marketView'
import { unitOf } from './unitOf'

/** A market as its page's parts need it, from what the index has. */
export function marketViewOf({ id, base, quote, params, startsAt, lastPrice, created }: MarketSummary): MarketView {
  return {
    id,
    base: unitOf(base),
    quote: unitOf(quote),
    baseToken: base.address,
    quoteToken: quote.address,
    tickSize: BigInt(params.tickSize),
    lotSize: BigInt(params.lotSize),
    feeBps: params.feeBps,
    bandBps: params.bandBps,
    batchLength: params.batchLength,
    batchSettleBy: params.batchSettleBy,
    challengeWindow: params.challengeWindow,
    operator: params.operator,
    minLots: params.minLots,
    maxOrderAge: params.maxOrderAge,
    startsAt,
    lastPrice,
    fromBlock: created.blockNumber,
  }
}

/** A market's name: what is traded, and what it is paid in. */
export function marketName({ base, quote }: Pick<MarketView, 'base' | 'quote'>): string {
  return `${base.symbol} / ${quote.symbol}`
}
