'use client'

import { useQuery } from '@tanstack/react-query'
import type { Address, Hex } from 'viem'
import { useNetwork } from '../_data/network'
import { useChain } from '../_data/useChain'
import { readOwnBids } from './readOwnBids'

/** One account's bids in one auction, straight from the chain. */
export function useOwnBids(auction: { id: Hex; created: { blockNumber: number } }, account: Address | undefined) {
  const network = useNetwork()
  const chain = useChain()
  return useQuery({
    queryKey: ['own-bids', network.chainId, network.contracts.auctions, auction.id, account],
    enabled: account !== undefined,
    refetchInterval: 4_000,
    queryFn: () => {
      if (!account) throw new Error('no account')
      const fromBlock = BigInt(auction.created.blockNumber)
      return readOwnBids(chain, network, { id: auction.id, account, fromBlock })
    },
  })
}
