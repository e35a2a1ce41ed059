import Link from 'next/link'
import type { Batch } from '../../api/v1/_schemas/batch'
import { formatPriceNumber, formatSizeNumber } from '../../_format/quotation'
import type { MarketView } from '../../_orders/marketView'
import { Moment } from '../../_ui/Moment'
import { Tag } from '../../_ui/Tag'
import { batchInWords } from './batchInWords'

type Props = { batches: readonly Batch[]; view: MarketView }

/** Batches that somebody used, the newest first: what came in, what was traded, and how far each is. */
export function BatchTable({ batches, view }: Props) {
  if (batches.length === 0) {
    return (
      <p className="text-muted border-rule border-y py-4 text-sm">
        Nobody has used a batch yet. Batches without an order are passed over.
      </p>
    )
  }
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Batches, a table that scrolls">
      <table className="w-full text-left sm:min-w-136 text-sm break-normal">
        <thead className="text-muted">
          <tr className="border-rule border-b">
            <th scope="col" className="py-2 pr-2 sm:pr-3 font-medium">
              Batch
            </th>
            <th scope="col" className="py-2 pr-2 sm:pr-3 text-right font-medium">
              Orders
            </th>
            <th scope="col" className="py-2 pr-2 sm:pr-3 text-right font-medium">
              Price, {view.quote.symbol}
            </th>
            <th scope="col" className="py-2 pr-2 sm:pr-3 text-right font-medium">
              Traded, {view.base.symbol}
            </th>
            <th scope="col" className="py-2 font-medium">
              Where it stands
            </th>
          </tr>
        </thead>
        <tbody className="align-top">
          {batches.map((batch) => {
            const { settlement } = batch
            const words = batchInWords(batch)
            const traded = settlement !== null && settlement.fillCount > 0
            return (
              <tr key={batch.batchId} className="border-rule border-b">
                <th scope="row" className="py-2 pr-2 sm:pr-3 font-normal">
                  <Link href={`/audit/markets/${view.id}/${batch.batchId}`} prefetch={false} className="underline">
                    {batch.batchId}
                  </Link>
                </th>
                <td className="py-2 pr-2 sm:pr-3 text-right">{batch.orders}</td>
                <td className="py-2 pr-2 sm:pr-3 text-right">
                  {traded && settlement.price !== null ? formatPriceNumber(settlement.price, view) : '–'}
                </td>
                <td className="py-2 pr-2 sm:pr-3 text-right">
                  {traded ? formatSizeNumber(BigInt(settlement.lots), view) : '–'}
                </td>
                <td className="py-2">
                  <Tag tone={words.tone}>{words.name}</Tag>{' '}
                  <span className="text-muted hidden sm:inline">
                    {words.text}
                    {words.at === null ? null : (
                      <>
                        {' '}
                        <Moment at={words.at} />
                      </>
                    )}
                  </span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
