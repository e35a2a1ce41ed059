'use client'

import { lazy, Suspense } from 'react'
import { Skeleton } from '../_ui/Skeleton'
import { ConnectHere } from '../_wallet/ConnectHere'
import { useWallet } from '../_wallet/useWallet'
import type { MarketView } from './marketView'

// Encryption and chain come with it: nothing that someone who only looks would need.
const TradeDesk = lazy(() => import('./TradeDesk').then((module) => ({ default: module.TradeDesk })))

/** The order form and the margin of whoever is connected; for strangers, what an order is and the way in. */
export function TradeSection({ market, madeAt }: { market: MarketView; madeAt: number }) {
  const { address } = useWallet()
  if (!address) {
    return (
      <div className="space-y-4">
        <p className="text-sm">
          Say whether you buy or sell {market.base.symbol}, how much, and to what price. Your browser seals it: nobody
          sees it but the enclave, which clears all orders of a batch at one price.
        </p>
        <ConnectHere label="Connect a wallet to trade" />
      </div>
    )
  }
  return (
    <Suspense fallback={<Skeleton label="Looking for your margin" className="h-96" />}>
      <TradeDesk key={address} market={market} account={address} madeAt={madeAt} />
    </Suspense>
  )
}
