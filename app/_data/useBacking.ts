'use client'

import { useQuery } from '@tanstack/react-query'
import { readSimulated } from '../../lib/chain/readSimulated'
import { useNetwork } from './network'
import { useChain } from './useChain'

/** What stands behind the enclave. `unknown`: nobody has answered yet, so nothing may be taken for granted. */
export type Backing = 'simulated' | 'hardware' | 'unknown'

/** Asks the registry itself: a server that hides it, or does not answer, must not make a simulator look like hardware. */
export function useBacking(): Backing {
  const network = useNetwork()
  const chain = useChain()
  const { data } = useQuery({
    queryKey: ['simulated', network.chainId, network.contracts.registry],
    queryFn: () => readSimulated(chain, network),
    // Which verifier a registry has is fixed for good.
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.data === undefined ? 5_000 : false),
  })
  if (data === undefined) return 'unknown'
  return data ? 'simulated' : 'hardware'
}
