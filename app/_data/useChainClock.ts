'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { usePublicClient } from 'wagmi'
import { useNetwork } from './network'

/**
 * Chain time, in Unix seconds. `block` is the newest block's, which is what contracts go by; `now` runs on between
 * blocks, so that a countdown can tick. Undefined until the first block is seen.
 */
export type ChainClock = { block: number; now: number; height: bigint }

/** The newest block, looked up every two seconds. The person's own clock is never consulted. */
export function useChainClock(): ChainClock | undefined {
  const client = usePublicClient()
  const { chainId } = useNetwork()
  const [tick, setTick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTick(performance.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const { data } = useQuery({
    queryKey: ['chain-clock', chainId],
    enabled: client !== undefined,
    queryFn: async () => {
      const block = await client!.getBlock({ blockTag: 'latest' })
      return { block: Number(block.timestamp), height: block.number, seenAt: performance.now() }
    },
    refetchInterval: 2_000,
  })
  if (!data) return undefined
  const elapsed = Math.max(0, Math.floor((tick - data.seenAt) / 1_000))
  return { block: data.block, now: data.block + elapsed, height: data.height }
}
