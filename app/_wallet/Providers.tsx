'use client'

import { useEffect, useState, type ReactNode } from 'react'
import { NetworkContext, type Network } from '../_data/network'
import { TransactionProvider } from '../_transaction/TransactionProvider'
import { WalletSession } from './session'
import { WalletContext } from './useWallet'

/** Chain, wallet and the one transaction under way, for every page. Thin: what does the work is loaded when wanted. */
export function Providers({ network, children }: { network: Network; children: ReactNode }) {
  const [session] = useState(() => new WalletSession(network))
  // After hydration, so that the first paint is the server's.
  useEffect(() => session.start(), [session])
  return (
    <NetworkContext value={network}>
      <WalletContext value={session}>
        <TransactionProvider>{children}</TransactionProvider>
      </WalletContext>
    </NetworkContext>
  )
}
