'use client'

import { useQuery } from '@tanstack/react-query'
import type { Address, Hex } from 'viem'
import { readMargin, readWithdrawal, type Withdrawal } from '../../lib/chain/book/reads'
import { useNetwork } from '../_data/network'
import { useChain } from '../_data/useChain'
import type { Pair } from './freeMargin'

export type StoredMargin = { margin: Pair; withdrawal: Withdrawal | null }

/** One account's margin in one market, from the chain, with what it asked to take out. */
export function useMargin(id: Hex, account: Address) {
  const network = useNetwork()
  const chain = useChain()
  return useQuery({
    queryKey: ['margin', network.chainId, network.contracts.book, id, account],
    refetchInterval: 4_000,
    queryFn: async (): Promise<StoredMargin> => {
      const { number } = await chain.readBlock('latest')
      const [margin, withdrawal] = await Promise.all([
        readMargin(chain, network, id, account, number),
        readWithdrawal(chain, network, id, account, number),
      ])
      return { margin, withdrawal }
    },
  })
}
