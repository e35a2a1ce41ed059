'use client'

import { useQuery } from '@tanstack/react-query'
import type { Hex } from 'viem'
import { readMarket } from '../../lib/chain/book/marketState'
import { useNetwork } from '../_data/network'
import { useChain } from '../_data/useChain'

/** A market's own storage, past the index: where its batches stand, its last price, and whether everybody may leave. */
export function useMarketState(id: Hex) {
  const network = useNetwork()
  const chain = useChain()
  return useQuery({
    queryKey: ['market-state', network.chainId, network.contracts.book, id],
    refetchInterval: 4_000,
    queryFn: () => readMarket(chain, network, id),
  })
}
