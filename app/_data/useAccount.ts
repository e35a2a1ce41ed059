'use client'

import type { Address } from 'viem'
import { useWallet } from '../_wallet/useWallet'

/** The connected account, if any; none on the server and before the page has looked. */
export function useAccount(): Address | undefined {
  return useWallet().address
}
