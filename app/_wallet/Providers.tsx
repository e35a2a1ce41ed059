'use client'

import '../_data/zodWithoutEval'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { WagmiProvider } from 'wagmi'
import { NetworkContext, type Network } from '../_data/network'
import { retryQuery } from '../_data/retryQuery'
import { TransactionProvider } from '../_transaction/TransactionProvider'
import { wagmiConfigFor } from './wagmiConfig'

/** Chain, wallet, cache and the one transaction under way, for every page. */
export function Providers({ network, children }: { network: Network; children: ReactNode }) {
  const [config] = useState(() => wagmiConfigFor(network))
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: retryQuery } } }))
  return (
    <NetworkContext value={network}>
      <WagmiProvider config={config}>
        <QueryClientProvider client={queries}>
          <TransactionProvider>{children}</TransactionProvider>
        </QueryClientProvider>
      </WagmiProvider>
    </NetworkContext>
  )
}
