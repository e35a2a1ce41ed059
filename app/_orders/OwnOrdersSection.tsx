'use client'

import { lazy, Suspense } from 'react'
import { Skeleton } from '../_ui/Skeleton'
import { useWallet } from '../_wallet/useWallet'
import type { MarketView } from './marketView'

const OwnOrdersDesk = lazy(() => import('./OwnOrdersDesk').then((module) => ({ default: module.OwnOrdersDesk })))

/** The connected account's own orders; nothing for strangers. */
export function OwnOrdersSection({ market, madeAt }: { market: MarketView; madeAt: number }) {
  const { address } = useWallet()
  if (!address) return null
  return (
    <section aria-labelledby="own-orders" className="space-y-4">
      <h2 id="own-orders" className="text-2xl font-semibold">
        Your orders
      </h2>
      <Suspense fallback={<Skeleton label="Looking for your orders" className="h-40" />}>
        <OwnOrdersDesk key={address} market={market} account={address} madeAt={madeAt} />
      </Suspense>
    </section>
  )
}
