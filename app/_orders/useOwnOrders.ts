'use client'

import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Address } from 'viem'
import { useNetwork } from '../_data/network'
import { useChain } from '../_data/useChain'
import { foldBatches, listsOf } from './foldBatches'
import { leafOf } from './leafOf'
import type { MarketView } from './marketView'
import { foldOwnOrders } from './ownOrders'
import { readOrderEvents, type ReadBefore } from './readOwnOrders'

/**
 * One account's orders in one market, straight from the chain, with the market's state at the same block, and the
 * lists that its settlements since the first of them commit to.
 */
export function useOwnOrders(market: MarketView, account: Address) {
  const network = useNetwork()
  const chain = useChain()
  const queryKey = ['own-orders', network.chainId, network.contracts.book, market.id, account]
  const read = useRef<{ key: string; settled: ReadBefore } | null>(null)
  return useQuery({
    queryKey,
    refetchInterval: 4_000,
    queryFn: async () => {
      const key = queryKey.join()
      const before = read.current?.key === key ? read.current.settled : undefined
      const place = { id: market.id, account, fromBlock: BigInt(market.fromBlock) }
      const { events, market: state, settled } = await readOrderEvents(chain, network, place, before)
      read.current = { key, settled }
      const orders = foldOwnOrders(events, (event) => leafOf(network, event))
      return { orders, lists: listsOf(foldBatches(events)), state }
    },
  })
}
