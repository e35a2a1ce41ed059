'use client'

import { useSyncExternalStore } from 'react'
import { createBlockClock, readBlockTime, type BlockClock, type BlockReading } from './blockClock'
import { useNetwork } from './network'

/**
 * Chain time, in Unix seconds. `block` is the newest block's, which is what contracts go by; `now` runs on between
 * blocks, so that a countdown can tick. `silence`: seconds since the node last showed a new block.
 */
export type ChainClock = { block: number; now: number; silence: number }

const clocks = new Map<string, BlockClock>()

function clockOf(rpcUrl: string): BlockClock {
  const known = clocks.get(rpcUrl)
  if (known) return known
  const clock = createBlockClock(() => readBlockTime(rpcUrl))
  clocks.set(rpcUrl, clock)
  return clock
}

/** The newest block, looked up every two seconds; undefined before the first. */
export function useChainClock(): ChainClock | undefined
/** @param first What the server knew when it made the page, shown until the chain itself has answered. */
export function useChainClock(first: number): ChainClock
export function useChainClock(first?: number): ChainClock | undefined {
  const clock = clockOf(useNetwork().rpcUrl)
  const reading = useSyncExternalStore(clock.subscribe, clock.read, nothingYet)
  if (reading) return toChainClock(reading)
  return first === undefined ? undefined : { block: first, now: first, silence: 0 }
}

function nothingYet(): undefined {
  return undefined
}

function toChainClock({ block, seenAt, now }: BlockReading): ChainClock {
  const silence = Math.max(0, Math.floor((now - seenAt) / 1_000))
  return { block, now: block + silence, silence }
}
