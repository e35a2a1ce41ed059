'use client'

import { lazy, Suspense } from 'react'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import type { AuctionPhase } from '../_data/phase'
import { useWallet } from '../_wallet/useWallet'

const ClaimDesk = lazy(() => import('./ClaimDesk').then((module) => ({ default: module.ClaimDesk })))

/** What the connected person can collect now. A keeper usually has done it already; nobody has to wait for it. */
export function ClaimSection({ auction, phase }: { auction: AuctionDetail; phase: AuctionPhase }) {
  const { address } = useWallet()
  if (!address || phase === 'open' || phase === 'closing' || phase === 'settled') return null
  return (
    <Suspense fallback={null}>
      <ClaimDesk auction={auction} account={address} phase={phase} />
    </Suspense>
  )
}
