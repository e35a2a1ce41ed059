import Link from 'next/link'
import type { MarketSummary } from '../api/v1/_schemas/market'
import { formatAmount } from '../_format/amount'
import { formatPriceNumber, formatSize, priceUnit } from '../_format/quotation'
import { formatSpan } from '../_format/time'
import { shortHex } from '../_format/hex'
import { BatchCountdown } from './BatchCountdown'
import { marketName, marketViewOf } from './marketViewOf'

type Props = { markets: readonly MarketSummary[]; madeAt: number }

/** The markets: what is traded, the last price, and when the present batch ends. */
export function MarketList({ markets, madeAt }: Props) {
  return (
    <ul className="divide-rule border-rule divide-y border-y">
      {markets.map((market) => {
        const view = marketViewOf(market)
        const { id, lastPrice, day, creator } = market
        return (
          <li
            key={id}
            className="relative grid gap-x-6 gap-y-2 py-4 sm:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(0,4fr)]"
          >
            <div>
              <h2 className="text-xl font-semibold">
                <Link href={`/book/${id}`} prefetch={false} className="after:absolute after:inset-0 hover:underline">
                  {marketName(view)}
                </Link>
              </h2>
              <p className="text-muted text-sm">
                Batches of {formatSpan(view.batchLength)}, fee {view.feeBps / 100} %, opened by{' '}
                <span className="whitespace-nowrap">{shortHex(creator)}</span>
              </p>
            </div>
            <div>
              <p className="font-semibold">
                {lastPrice === null ? 'No trade yet' : formatPriceNumber(lastPrice, view)}
              </p>
              <p className="text-muted text-sm">{priceUnit(view)}</p>
            </div>
            <div className="text-sm">
              <p>
                <BatchCountdown market={view} madeAt={madeAt} brief />
              </p>
              <p className="text-muted">
                {day.batches === 0
                  ? 'nothing traded in 24 hours'
                  : `${formatSize(BigInt(day.lots), view)} for ${formatAmount(BigInt(day.paid), view.quote)} in 24 hours`}
              </p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
