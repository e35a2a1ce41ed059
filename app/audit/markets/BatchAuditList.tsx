import Link from 'next/link'
import type { Batch } from '../../api/v1/_schemas/batch'
import { formatPrice, formatSize } from '../../_format/quotation'
import type { MarketView } from '../../_orders/marketView'
import { Moment } from '../../_ui/Moment'
import { Notice } from '../../_ui/Notice'
import { Tag } from '../../_ui/Tag'
import { batchInWords } from '../../book/[id]/batchInWords'
import { batchQuery, type BatchFilters } from './batchFilters'

type Props = { batches: readonly Batch[]; next: number | null; view: MarketView; filters: BatchFilters }

/** A page of a market's batches, newest first. */
export function BatchAuditList({ batches, next, view, filters }: Props) {
  if (batches.length === 0) {
    return (
      <Notice title="No batch here.">
        <p>
          <Link href={`/audit/markets${batchQuery({ market: view.id })}`} className="underline">
            Show all batches of this market
          </Link>
          .
        </p>
      </Notice>
    )
  }
  const place = (before: number | null) => `/audit/markets${batchQuery({ ...filters, market: view.id, before })}`
  return (
    <div className="space-y-4">
      <ul className="divide-rule border-rule divide-y border-y">
        {batches.map((batch) => {
          const words = batchInWords(batch)
          return (
            <li key={batch.batchId}>
              <Link
                href={`/audit/markets/${view.id}/${batch.batchId}`}
                prefetch={false}
                className="hover:bg-rule/30 grid gap-x-4 gap-y-1 py-3 text-sm sm:grid-cols-[1fr_auto_6rem] sm:items-center"
              >
                <span>
                  <span className="underline">Batch {batch.batchId}</span>{' '}
                  <span className="text-muted">
                    {batch.leaves} {batch.leaves === 1 ? 'order or change' : 'orders and changes'},{' '}
                    {tradedIn(batch, view)}
                  </span>
                </span>
                <Moment at={batch.endsAt} className="text-muted" />
                <span>
                  <Tag tone={words.tone}>{words.name}</Tag>
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
      <p className="flex gap-6 text-sm">
        {filters.before ? (
          <Link href={place(null)} className="inline-block py-2 underline">
            Newest
          </Link>
        ) : null}
        {next ? (
          <Link href={place(next)} className="inline-block py-2 underline">
            Older ones
          </Link>
        ) : null}
      </p>
    </div>
  )
}

function tradedIn({ settlement }: Batch, view: MarketView): string {
  if (!settlement || settlement.fillCount === 0 || settlement.price === null) return 'nothing traded'
  return `${formatSize(BigInt(settlement.lots), view)} at ${formatPrice(settlement.price, view)}`
}
