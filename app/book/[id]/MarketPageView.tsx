import Link from 'next/link'
import type { Batch, FillView } from '../../api/v1/_schemas/batch'
import type { MarketDetail } from '../../api/v1/_schemas/market'
import { OwnOrdersSection } from '../../_orders/OwnOrdersSection'
import { TradeSection } from '../../_orders/TradeSection'
import { Notice } from '../../_ui/Notice'
import { marketViewOf } from '../marketViewOf'
import { BatchTable } from './BatchTable'
import type { TradedBatch } from './chart'
import { HiddenPart } from './HiddenPart'
import { MarketHeader } from './MarketHeader'
import { MarketTerms } from './MarketTerms'
import { PriceChart } from './PriceChart'
import { TradeTable } from './TradeTable'

type Props = {
  market: MarketDetail
  /** The newest, newest first. */
  batches: readonly Batch[]
  /** Those that traded, oldest first, for the chart. */
  traded: readonly TradedBatch[]
  trades: readonly FillView[]
  simulated: boolean
  madeAt: number
}

/** One market: its price, the way to trade, one's own orders, what was, and all that was agreed. */
export function MarketPageView({ market, batches, traded, trades, simulated, madeAt }: Props) {
  const view = marketViewOf(market)
  return (
    <div className="space-y-8">
      <MarketHeader market={market} view={view} simulated={simulated} madeAt={madeAt} />
      {market.integrity === 'mismatch' ? (
        <Notice tone="bad" title="This page’s index disagrees with the chain about this market.">
          <p>Trust the chain. Your own orders and margin here are read from it directly.</p>
        </Notice>
      ) : null}
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
        <section aria-labelledby="prices" className="space-y-4">
          <h2 id="prices" className="text-2xl font-semibold">
            Price and volume
          </h2>
          {traded.length > 0 ? (
            <PriceChart batches={traded} quotation={view} />
          ) : (
            <p className="text-muted border-rule border-y py-4 text-sm">
              Nothing was traded yet, so there is no price. The first batch in which a buy and a sell meet makes one.
            </p>
          )}
        </section>
        <section aria-labelledby="trade" className="min-h-64 space-y-4 lg:row-span-2">
          <h2 id="trade" className="text-2xl font-semibold">
            Trade
          </h2>
          <TradeSection market={view} madeAt={madeAt} />
        </section>
        <div className="min-w-0 space-y-10">
          <OwnOrdersSection market={view} madeAt={madeAt} />
          <section aria-labelledby="batches" className="space-y-4">
            <h2 id="batches" className="text-2xl font-semibold">
              Batches
            </h2>
            <BatchTable batches={batches} view={view} />
            {batches.length > 0 ? (
              <p className="text-muted text-sm">
                The number leads to{' '}
                <Link href={`/audit/markets?market=${view.id}`} className="underline">
                  the check
                </Link>{' '}
                of that batch, which your browser makes itself.
              </p>
            ) : null}
          </section>
          <section aria-labelledby="trades" className="space-y-4">
            <h2 id="trades" className="text-2xl font-semibold">
              Trades
            </h2>
            <TradeTable trades={trades} view={view} />
          </section>
          <HiddenPart />
          <MarketTerms market={market} view={view} simulated={simulated} />
        </div>
      </div>
    </div>
  )
}
