import type { Margin } from '../../chain/book/reads'
import type { LocalTrader, OpenMarket } from '../market/trader'

/** Tops a margin up to `target` where either side has fallen below half of it: play money, so nobody goes broke. */
export async function keepFunded(trader: LocalTrader, market: OpenMarket, target: Margin): Promise<void> {
  const margin = await trader.margin(market)
  const missing = (have: bigint, want: bigint) => (have * 2n < want ? want - have : 0n)
  await trader.fund(market, { base: missing(margin.base, target.base), quote: missing(margin.quote, target.quote) })
}
