import Link from 'next/link'
import type { MarketDetail } from '../../api/v1/_schemas/market'
import { formatAmount } from '../../_format/amount'
import { formatPrice, formatPriceNumber, formatSize, priceUnit } from '../../_format/quotation'
import type { MarketView } from '../../_orders/marketView'
import { Tag } from '../../_ui/Tag'
import { WaxSeal } from '../../_ui/WaxSeal'
import { BatchCountdown } from '../BatchCountdown'
import { marketName } from '../marketViewOf'

type Props = { market: MarketDetail; view: MarketView; simulated: boolean; madeAt: number }

const MOST_DRAWN = 12

/** What is traded, at what price last, and where the present batch stands. */
export function MarketHeader({ market, view, simulated, madeAt }: Props) {
  const { band, day, lastPrice, batch } = market
  return (
    <header className="space-y-4">
      <p className="text-sm">
        <Link href="/book" className="underline">
          All markets
        </Link>
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-3xl font-semibold sm:text-4xl">{marketName(view)}</h1>
        {simulated ? <Tag tone="warn">simulated enclave</Tag> : null}
      </div>
      <div className="border-rule grid gap-x-8 gap-y-4 border-y py-4 sm:grid-cols-2 lg:grid-cols-4">
        <Fact name={`Last price, ${priceUnit(view)}`}>
          {lastPrice === null ? (
            <span className="text-xl font-semibold">No trade yet</span>
          ) : (
            <span className="text-2xl font-semibold">{formatPriceNumber(lastPrice, view)}</span>
          )}
          <span className="text-muted block text-sm">
            {band
              ? `The next batch clears from ${formatPriceNumber(band.low, view)} to ${formatPrice(band.high, view)}`
              : 'The first trade may have any price'}
          </span>
        </Fact>
        <Fact name="Traded in 24 hours">
          <span className="text-2xl font-semibold">{formatSize(BigInt(day.lots), view)}</span>
          <span className="text-muted block text-sm">
            for {formatAmount(BigInt(day.paid), view.quote)}, in{' '}
            {day.batches === 1 ? 'one batch' : `${day.batches} batches`}
          </span>
        </Fact>
        <Fact name="Now">
          <BatchCountdown market={view} madeAt={madeAt} />
        </Fact>
        <Fact name="In this batch so far">
          <span className="text-2xl font-semibold">{ordersInWords(batch.orders)}</span>
          {batch.orders > 0 ? (
            <span className="mt-1 flex flex-wrap gap-1" aria-hidden="true">
              {Array.from({ length: Math.min(batch.orders, MOST_DRAWN) }, (_, index) => (
                <WaxSeal key={index} className="size-5" />
              ))}
            </span>
          ) : null}
          <span className="text-muted block text-sm">
            Neither side nor size nor price can be seen
            {batch.cancellations > 0 ? `. Cancellations: ${batch.cancellations}` : ''}
          </span>
        </Fact>
      </div>
    </header>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <p className="text-muted text-sm">{name}</p>
      {children}
    </div>
  )
}

function ordersInWords(count: number): string {
  if (count === 0) return 'No order yet'
  return count === 1 ? '1 sealed order' : `${count} sealed orders`
}
