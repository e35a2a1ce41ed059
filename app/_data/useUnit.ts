'use client'

import { useQuery } from '@tanstack/react-query'
import { erc20Abi, zeroAddress, type Address } from 'viem'
import type { Unit } from '../_format/amount'
import { useNetwork } from './network'
import { useClient } from './useClient'

const NATIVE: Unit = { symbol: 'ETH', decimals: 18 }
/** Of a token that refuses to tell, as a Hub's assets may: amounts as its contract counts them. */
const UNTOLD: Unit = { symbol: 'base units', decimals: 0 }
const LONGEST_SYMBOL = 12

/** How a payment token is written; undefined until its contract has answered. The zero address is the native coin. */
export function useUnit(token: Address): Unit | undefined {
  const { chainId } = useNetwork()
  const client = useClient()
  const native = token === zeroAddress
  const { data } = useQuery({
    queryKey: ['unit', chainId, token],
    enabled: !native,
    staleTime: Infinity,
    queryFn: async (): Promise<Unit> => {
      const reader = await client()
      const call = { address: token, abi: erc20Abi } as const
      try {
        const [symbol, decimals] = await Promise.all([
          reader.readContract({ ...call, functionName: 'symbol' }),
          reader.readContract({ ...call, functionName: 'decimals' }),
        ])
        return { symbol: symbol.slice(0, LONGEST_SYMBOL), decimals }
      } catch (error) {
        const { explain } = await import('../_transaction/problem')
        if (explain(error).code === 'RPC_UNAVAILABLE') throw error
        return UNTOLD
      }
    },
  })
  return native ? NATIVE : data
}
