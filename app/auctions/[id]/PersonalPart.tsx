'use client'

import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import { BidSection } from '../../_bids/BidSection'
import { ClaimSection } from '../../_claims/ClaimSection'
import { phaseOf } from '../../_data/phase'
import { useAccount } from '../../_data/useAccount'
import { useChainClock } from '../../_data/useChainClock'
import { phaseFacts } from '../phaseFacts'
import { OwnFate } from './OwnFate'

/** What is the viewer's own: claims first, since they are money waiting, then the bid or the form for one. */
export function PersonalPart({ auction, madeAt }: { auction: AuctionDetail; madeAt: number }) {
  const account = useAccount()
  const phase = phaseOf(phaseFacts(auction), useChainClock(madeAt))
  // Nothing here is a stranger's once bids are no longer taken.
  if (phase !== 'open' && account === undefined) return null
  return (
    <>
      <ClaimSection auction={auction} phase={phase} />
      <section aria-labelledby="bid" className="space-y-4">
        <h2 id="bid" className="text-2xl font-semibold">
          {phase === 'open' ? 'Your bid' : 'Your part'}
        </h2>
        <OwnFate auction={auction} />
        <BidSection auction={auction} phase={phase} />
      </section>
    </>
  )
}
