'use client'

import { useCallback } from 'react'
import type { PublicClient } from 'viem'
import { useWalletSession } from '../_wallet/useWallet'

/** How to get a client of this network's chain, whose code is loaded at the first call. */
export function useClient(): () => Promise<PublicClient> {
  const session = useWalletSession()
  return useCallback(async () => (await session.engine()).client, [session])
}
