'use client'

import { lazy, Suspense, type ReactNode } from 'react'
import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import { useAccount } from '../../_data/useAccount'

// Strangers are told by the server; only whoever has an account here has a part that needs words of its own.
const OwnNextSteps = lazy(() => import('./OwnNextSteps').then((module) => ({ default: module.OwnNextSteps })))

type Props = {
  auction: AuctionDetail
  madeAt: number
  /** What a visitor is told. */
  children: ReactNode
}

/** What the viewer can do next, or waits for, in a sentence or two. */
export function NextStepsPanel({ auction, madeAt, children }: Props) {
  const account = useAccount()
  return (
    <section aria-labelledby="next" className="border-ink min-h-32 border-l-2 pl-4">
      <h2 id="next" className="text-muted font-sans text-sm font-medium">
        What happens next
      </h2>
      {account ? (
        <Suspense fallback={children}>
          <OwnNextSteps auction={auction} madeAt={madeAt} account={account} />
        </Suspense>
      ) : (
        children
      )}
    </section>
  )
}
