'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useAccount } from '../_data/useAccount'
import { Skeleton } from '../_ui/Skeleton'
import { WalletPicker } from '../_wallet/WalletPicker'

/** The way to one's own portfolio: straight there with a wallet, else by connecting one. */
export function PortfolioDoor() {
  const account = useAccount()
  const router = useRouter()
  useEffect(() => {
    if (account) router.replace(`/portfolio?address=${account}`)
  }, [account, router])
  if (account) return <Skeleton label="Opening your portfolio" className="h-64" />
  return <WalletPicker onDone={() => undefined} />
}
