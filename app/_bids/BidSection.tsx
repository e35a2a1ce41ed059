'use client'

import { lazy, Suspense } from 'react'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import type { AuctionPhase } from '../_data/phase'
import { Skeleton } from '../_ui/Skeleton'
import { ConnectHere } from '../_wallet/ConnectHere'
import { useWallet } from '../_wallet/useWallet'

// Encryption and chain come with it: nothing that someone who only looks would need.
const BidDesk = lazy(() => import('./BidDesk').then((module) => ({ default: module.BidDesk })))

type Props = { auction: AuctionDetail; phase: AuctionPhase }

/** What the connected person can do here as a bidder: bid, or look after the bid that stands. */
export function BidSection({ auction, phase }: Props) {
  const { address } = useWallet()
  if (!address) return phase === 'open' ? <ConnectHere label="Connect a wallet to bid" /> : null
  return (
    <Suspense fallback={<Skeleton label="Looking for your bids" className="h-40" />}>
      <BidDesk key={address} auction={auction} account={address} phase={phase} />
    </Suspense>
  )
}
