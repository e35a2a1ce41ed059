import Link from 'next/link'
import type { AuctionSummary } from '../api/v1/_schemas/auction'
import type { Unit } from '../_format/amount'
import type { LotView } from '../_lot/lotView'
import { buttonClass } from '../_ui/Button'
import { Notice } from '../_ui/Notice'
import { AuctionCard } from './AuctionCard'
import { changeFilters, filtersToPath, isNarrowed, MOST_SHOWN, PAGE_SIZE, type Filters } from './filters'

type Props = {
  filters: Filters
  entries: readonly { auction: AuctionSummary; lot: LotView; unit: Unit | null }[]
  next: string | null
  searchedAll: boolean
  madeAt: number
}

/** The lots, and the way on. */
export function Catalogue({ filters, entries, next, searchedAll, madeAt }: Props) {
  return (
    <div className="space-y-8">
      {entries.length === 0 ? <Nothing filters={filters} searchedAll={searchedAll} /> : null}
      <ul className="grid gap-x-6 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
        {entries.map(({ auction, lot, unit }) => (
          <li key={auction.id}>
            <AuctionCard auction={auction} lot={lot} unit={unit} madeAt={madeAt} />
          </li>
        ))}
      </ul>
      <Onward filters={filters} next={next} searchedAll={searchedAll} />
      {filters.after ? (
        <p className="text-sm">
          <Link href={filtersToPath(changeFilters(filters, {}))} className="underline">
            Back to the beginning of the list
          </Link>
        </p>
      ) : null}
    </div>
  )
}

function Onward({ filters, next, searchedAll }: Pick<Props, 'filters' | 'next' | 'searchedAll'>) {
  if (next === null) return null
  const longer = searchedAll && filters.show < MOST_SHOWN
  const onward = longer
    ? { ...filters, show: Math.min(filters.show + PAGE_SIZE, MOST_SHOWN) }
    : { ...filters, show: PAGE_SIZE, after: next }
  return (
    <Link href={filtersToPath(onward)} scroll={!longer} prefetch={false} className={buttonClass()}>
      {longer ? 'Show more' : searchedAll ? 'Next lots' : 'Search on'}
    </Link>
  )
}

function Nothing({ filters, searchedAll }: Pick<Props, 'filters' | 'searchedAll'>) {
  if (!searchedAll) {
    return (
      <Notice title="Nothing matches among the lots searched so far.">
        <p>Titles are read from each token itself, so a search goes step by step.</p>
      </Notice>
    )
  }
  if (isNarrowed(filters) || filters.after) {
    return (
      <Notice title="No lot matches.">
        <p>
          <Link href={filtersToPath(changeFilters(filters, { phase: 'all' }))} className="underline">
            Look in every phase
          </Link>
          , or{' '}
          <Link href="/auctions" className="underline">
            clear search and filters
          </Link>
          .
        </p>
      </Notice>
    )
  }
  return (
    <Notice title={filters.phase === 'all' ? 'No auction yet.' : 'No auction is in this phase now.'}>
      <p>
        {filters.phase === 'all' ? null : (
          <>
            <Link href="/auctions?phase=all" className="underline">
              See those of every phase
            </Link>
            , or{' '}
          </>
        )}
        <Link href="/auctions/new" className="underline">
          offer a lot of your own
        </Link>
        .
      </p>
    </Notice>
  )
}
