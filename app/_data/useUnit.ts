'use client'

import { useQuery } from '@tanstack/react-query'
import { erc20Abi, zeroAddress, type Address } from 'viem'
import type { Unit } from '../_format/amount'
import { useNetwork } from './network'
import { useClient } from './useClient'

const NATIVE: Unit = { symbol: 'ETH', decimals: 18 }
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
      const [symbol, decimals] = await Promise.all([
        reader.readContract({ ...call, functionName: 'symbol' }),
        reader.readContract({ ...call, functionName: 'decimals' }),
      ])
      return { symbol: symbol.slice(0, LONGEST_SYMBOL), decimals }
    },
  })
  return native ? NATIVE : data
}
