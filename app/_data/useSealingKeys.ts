'use client'

import { useQuery } from '@tanstack/react-query'
import { useNetwork } from './network'
import { readSealingKeys } from './readSealingKeys'
import { useChain } from './useChain'

/** Every sealing key the registry ever admitted, the newest epoch first, read from the chain. */
export function useSealingKeys() {
  const network = useNetwork()
  const chain = useChain()
  return useQuery({
    queryKey: ['sealing-keys', network.chainId, network.contracts.registry],
    queryFn: () => readSealingKeys(chain, network),
    refetchInterval: 30_000,
  })
}
