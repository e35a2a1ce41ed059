'use client'

import dynamic from 'next/dynamic'
import { useAccount } from '../../_data/useAccount'
import { Skeleton } from '../../_ui/Skeleton'
import { WalletPicker } from '../../_wallet/WalletPicker'

// The form needs what speaks to wallet and chain; whoever only looks does not load it.
const AuctionDesk = dynamic(() => import('./AuctionDesk').then((module) => module.AuctionDesk), {
  ssr: false,
  loading: () => <Skeleton label="Loading the form" className="h-96" />,
})

/** The form, once there is an account to sell from. */
export function NewAuction() {
  const account = useAccount()
  if (account) return <AuctionDesk account={account} />
  return (
    <div className="max-w-md">
      <WalletPicker onDone={() => undefined} />
    </div>
  )
}
