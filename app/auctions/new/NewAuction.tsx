'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useAccount } from '../../_data/useAccount'
import { Button } from '../../_ui/Button'
import { Skeleton } from '../../_ui/Skeleton'
import { WalletPicker } from '../../_wallet/WalletPicker'

// The form needs what speaks to wallet and chain; whoever only looks does not load it.
const AuctionDesk = dynamic(() => import('./AuctionDesk').then((module) => module.AuctionDesk), {
  ssr: false,
  loading: () => <Skeleton label="Loading the form" className="h-96" />,
})

/** The form, for somebody with an account to sell from, and for whoever asks to see it. */
export function NewAuction() {
  const account = useAccount()
  const [isLooking, setLooking] = useState(false)
  if (account || isLooking) return <AuctionDesk account={account ?? null} />
  return (
    <div className="max-w-md space-y-8">
      <WalletPicker onDone={() => undefined} />
      <div className="space-y-2">
        <Button onClick={() => setLooking(true)}>See the form first</Button>
        <p className="text-muted text-sm">
          Every term is explained there, with a preview of what bidders will see. It needs no wallet until you open the
          auction.
        </p>
      </div>
    </div>
  )
}
