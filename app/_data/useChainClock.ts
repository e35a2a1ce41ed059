'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useNetwork } from './network'
import { useChain } from './useChain'

/**
 * Chain time, in Unix seconds. `block` is the newest block's, which is what contracts go by; `now` runs on between
 * blocks, so that a countdown can tick.
 */
export type ChainClock = { block: number; now: number }

/** The newest block, looked up every two seconds; undefined before the first. The person's own clock plays no part. */
export function useChainClock(): ChainClock | undefined {
  const chain = useChain()
  const { chainId } = useNetwork()
  const [tick, setTick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTick(performance.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const { data } = useQuery({
    queryKey: ['chain-clock', chainId],
    queryFn: async () => {
      const { timestamp } = await chain.readBlock('latest')
      return { block: Number(timestamp), seenAt: performance.now() }
    },
    refetchInterval: 2_000,
  })
  if (!data) return undefined
  const elapsed = Math.max(0, Math.floor((tick - data.seenAt) / 1_000))
  return { block: data.block, now: data.block + elapsed }
}
