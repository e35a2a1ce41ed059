'use client'

import { useQuery } from '@tanstack/react-query'
import { batchAt } from '../_data/batches'
import { useNetwork } from '../_data/network'
import { useChain } from '../_data/useChain'
import type { MarketView } from './marketView'
import { readOrderKey } from './readOrderKey'

/**
 * The key that an order into the current batch is sealed to, asked for again with each batch.
 *
 * @param now Chain time, Unix seconds.
 */
export function useOrderKey(market: MarketView, now: number) {
  const network = useNetwork()
  const chain = useChain()
  return useQuery({
    queryKey: ['order-key', network.chainId, network.contracts.book, market.id, batchAt(market, now)],
    refetchInterval: 15_000,
    placeholderData: (before) => before,
    queryFn: () => readOrderKey(chain, network, market),
  })
}
