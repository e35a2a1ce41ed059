'use client'

import { useState } from 'react'
import type { Phase } from '../api/v1/_schemas/auction'
import { joinPages } from '../_data/collectAuctions'
import { useAuctions } from '../_data/useAuctions'
import { useChainClock } from '../_data/useChainClock'
import { Button } from '../_ui/Button'
import { Notice } from '../_ui/Notice'
import { QueryProblem } from '../_ui/QueryProblem'
import { Skeleton } from '../_ui/Skeleton'
import { AuctionCard } from './AuctionCard'

const FILTERS: { phase: Phase | undefined; label: string }[] = [
  { phase: 'open', label: 'Open' },
  { phase: 'closed', label: 'Closed' },
  { phase: 'settled', label: 'Settled' },
  { phase: 'final', label: 'Final' },
  { phase: 'voided', label: 'Void' },
  { phase: undefined, label: 'All' },
]

/** The catalogue: lots of one phase or of all, with more on demand. */
export function AuctionList() {
  const [phase, setPhase] = useState<Phase | undefined>('open')
  const clock = useChainClock()
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAuctions(phase)
  const auctions = joinPages(data?.pages ?? [])

  return (
    <div className="space-y-6">
      <div role="group" aria-label="Show auctions" className="flex flex-wrap gap-2">
        {FILTERS.map((filter) => (
          <Button
            key={filter.label}
            aria-pressed={filter.phase === phase}
            className="aria-pressed:bg-ink aria-pressed:text-paper"
            onClick={() => setPhase(filter.phase)}
          >
            {filter.label}
          </Button>
        ))}
      </div>
      {error ? <QueryProblem what="The list of auctions" error={error} onRetry={() => void refetch()} /> : null}
      {isPending || (data && !clock) ? <ListSkeleton /> : null}
      {data && auctions.length === 0 ? (
        <Notice title={phase ? 'No auction is in this phase now.' : 'No auction yet.'}>
          <p>Choose another phase, or offer a lot of your own.</p>
        </Notice>
      ) : null}
      {clock ? (
        <ul className="grid gap-x-6 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
          {auctions.map((auction) => (
            <li key={auction.id}>
              <AuctionCard auction={auction} clock={clock} />
            </li>
          ))}
        </ul>
      ) : null}
      {hasNextPage ? (
        <Button onClick={() => void fetchNextPage()} disabled={isFetchingNextPage}>
          {isFetchingNextPage ? 'Loading more…' : 'Show more'}
        </Button>
      ) : null}
    </div>
  )
}

function ListSkeleton() {
  return (
    <div className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
      {['first', 'second', 'third'].map((place) => (
        <Skeleton key={place} label="Loading auctions" className="aspect-square" />
      ))}
    </div>
  )
}
