'use client'

import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Address, Hex } from 'viem'
import { useNetwork } from '../_data/network'
import { useChain } from '../_data/useChain'
import { foldOwnBids, readOwnEvents, type ReadBefore } from './readOwnBids'

/** One account's bids in one auction, straight from the chain. After the first time, only what can be new is read. */
export function useOwnBids(auction: { id: Hex; created: { blockNumber: number } }, account: Address | undefined) {
  const network = useNetwork()
  const chain = useChain()
  const queryKey = ['own-bids', network.chainId, network.contracts.auctions, auction.id, account]
  const read = useRef<{ key: string; settled: ReadBefore } | null>(null)
  return useQuery({
    queryKey,
    enabled: account !== undefined,
    refetchInterval: 4_000,
    queryFn: async () => {
      if (!account) throw new Error('no account')
      const key = queryKey.join()
      const before = read.current?.key === key ? read.current.settled : undefined
      const place = { id: auction.id, account, fromBlock: BigInt(auction.created.blockNumber) }
      const { events, settled } = await readOwnEvents(chain, network, place, before)
      read.current = { key, settled }
      return foldOwnBids(events)
    },
  })
}
