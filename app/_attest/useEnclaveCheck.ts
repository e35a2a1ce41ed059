'use client'

import { useQuery } from '@tanstack/react-query'
import type { Hex } from 'viem'
import { useNetwork } from '../_data/network'
import { useChain } from '../_data/useChain'
import { browserTools } from './browserTools'
import { checkSealingKey } from './checkSealingKey'

/** What this browser found about a sealing key's enclaves, looked at again each minute. */
export function useEnclaveCheck(keyId: Hex) {
  const network = useNetwork()
  const chain = useChain()
  return useQuery({
    queryKey: ['enclave-check', network.chainId, network.contracts.registry, keyId],
    queryFn: () => checkSealingKey(browserTools(chain, network), keyId),
    refetchInterval: 60_000,
  })
}
