import type { BookEventOf } from '../../chain/book/events'
import type { MarketTip } from '../../db/book/tips'
import type { EventRows } from '../../db/insertRows'
import { toDecimal } from '../../db/numbers'
import { placeOf } from './placeOf'

/** What a token says of itself; null where that cannot be used. */
export type TokenFacts = { symbol: string | null; decimals: number | null }

const UNKNOWN: TokenFacts = { symbol: null, decimals: null }

/** A new market's row, without a batch yet. @param tokens By address in lower case. */
export function toMarketRow(
  event: BookEventOf<'MarketCreated'>,
  tokens: ReadonlyMap<string, TokenFacts>,
): EventRows['markets'][number] {
  const { params } = event
  const [base, quote] = [params.base.toLowerCase(), params.quote.toLowerCase()]
  const [ofBase, ofQuote] = [tokens.get(base) ?? UNKNOWN, tokens.get(quote) ?? UNKNOWN]
  return {
    id: event.id.toLowerCase(),
    ...placeOf(event),
    blockNumber: event.blockNumber,
    creator: event.creator.toLowerCase(),
    nonce: toDecimal(event.nonce),
    ...{ base, baseSymbol: ofBase.symbol, baseDecimals: ofBase.decimals },
    ...{ quote, quoteSymbol: ofQuote.symbol, quoteDecimals: ofQuote.decimals },
    tickSize: toDecimal(params.tickSize),
    lotSize: toDecimal(params.lotSize),
    batchLength: params.batchLength,
    feeBps: params.feeBps,
    bandBps: params.bandBps,
    batchSettleBy: params.batchSettleBy,
    challengeWindow: params.challengeWindow,
    operator: params.operator.toLowerCase(),
    minLots: params.minLots,
    maxOrderAge: params.maxOrderAge,
    startsAt: event.startsAt,
  }
}

export function tipOfParams({ params, startsAt }: BookEventOf<'MarketCreated'>): MarketTip {
  const { tickSize, lotSize, feeBps } = params
  return {
    ...{ base: params.base.toLowerCase(), quote: params.quote.toLowerCase(), tickSize, lotSize, feeBps, startsAt },
    batchLength: BigInt(params.batchLength),
    batchSettleBy: BigInt(params.batchSettleBy),
  }
}
