import type { FillView } from '../../api/v1/_schemas/batch'
import { formatPriceNumber, formatSizeNumber } from '../../_format/quotation'
import type { MarketView } from '../../_orders/marketView'
import { Hash } from '../../_ui/Hash'
import { Moment } from '../../_ui/Moment'

/** What was bought and sold, the newest first. All fills of a batch have one price. */
export function TradeTable({ trades, view }: { trades: readonly FillView[]; view: MarketView }) {
  if (trades.length === 0) {
    return <p className="text-muted border-rule border-y py-4 text-sm">Nothing was traded yet.</p>
  }
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Trades, a table that scrolls">
      <table className="w-full text-left sm:min-w-136 text-sm break-normal">
        <thead className="text-muted">
          <tr className="border-rule border-b">
            <th scope="col" className="py-2 pr-2 sm:pr-3 font-medium">
              Batch
            </th>
            <th scope="col" className="py-2 pr-2 sm:pr-3 font-medium">
              Who
            </th>
            <th scope="col" className="py-2 pr-2 sm:pr-3 font-medium">
              Side
            </th>
            <th scope="col" className="py-2 pr-2 sm:pr-3 text-right font-medium">
              Size, {view.base.symbol}
            </th>
            <th scope="col" className="py-2 pr-2 sm:pr-3 text-right font-medium">
              Price, {view.quote.symbol}
            </th>
            <th scope="col" className="hidden py-2 font-medium sm:table-cell">
              When
            </th>
          </tr>
        </thead>
        <tbody>
          {trades.map(({ batchId, leaf, trader, sell, lots, price, time, final }) => (
            <tr key={`${batchId} ${leaf}`} className="border-rule border-b">
              <td className="py-2 pr-2 sm:pr-3">{batchId}</td>
              <td className="py-2 pr-2 sm:pr-3">
                <Hash value={trader} label="trader" kind="address" />
              </td>
              <td className="py-2 pr-2 sm:pr-3">{sell ? 'Sold' : 'Bought'}</td>
              <td className="py-2 pr-2 sm:pr-3 text-right">{formatSizeNumber(lots, view)}</td>
              <td className="py-2 pr-2 sm:pr-3 text-right">{formatPriceNumber(price, view)}</td>
              <td className="text-muted hidden py-2 sm:table-cell">
                <Moment at={time} />
                {final ? '' : ', not final'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
