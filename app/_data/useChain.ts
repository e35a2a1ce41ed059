'use client'

import { useMemo } from 'react'
import { usePublicClient } from 'wagmi'
import type { ChainConnection } from '../../lib/chain/connection'
import { evmConnection } from '../../lib/chain/evm/connection'
import { useNetwork } from './network'

/** Reads the chain itself, past the index: for money, for time, and for what is one's own. */
export function useChain(): ChainConnection {
  const { chainId } = useNetwork()
  const client = usePublicClient({ chainId })
  if (!client) throw new Error(`wagmi knows no chain ${chainId}`)
  return useMemo(() => evmConnection(client), [client])
}
