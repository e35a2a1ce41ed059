import { keccak256, numberToHex, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import { BundleCache } from '../../../lib/enclave/proving/bundleCache'
import { isProvable } from '../../../lib/enclave/proving/makeBundle'

describe('bundles kept', () => {
  const hashOf = (index: number): Hex => keccak256(numberToHex(index))

  it('are those asked for last, within so many bytes', () => {
    const cache = new BundleCache(30)
    for (const index of [1, 2, 3]) cache.put(hashOf(index), new Uint8Array(10))
    expect(cache.get(hashOf(1))).toHaveLength(10)
    cache.put(hashOf(4), new Uint8Array(10))
    expect([1, 2, 3, 4].filter((index) => cache.get(hashOf(index)))).toEqual([1, 3, 4])
  })
  it('count once, however often they are made', () => {
    const cache = new BundleCache(30)
    for (let times = 0; times < 10; ++times) cache.put(hashOf(1), new Uint8Array(10))
    cache.put(hashOf(2), new Uint8Array(20))
    expect([1, 2].filter((index) => cache.get(hashOf(index)))).toEqual([1, 2])
  })
  it('are at least the last one, however long', () => {
    const cache = new BundleCache(30)
    cache.put(hashOf(1), new Uint8Array(10))
    cache.put(hashOf(2), new Uint8Array(100))
    expect([1, 2].filter((index) => cache.get(hashOf(index)))).toEqual([2])
    cache.put(hashOf(3), new Uint8Array(10))
    expect([2, 3].filter((index) => cache.get(hashOf(index)))).toEqual([3])
  })
})

describe('auctions that are proven', () => {
  const window = (seconds: bigint) => ({ closesAt: 1_000n, settleBy: 1_000n + seconds })

  it('have few enough bids for half of the time there is', () => {
    expect(isProvable(window(60n), 300)).toBe(true)
    expect(isProvable(window(60n), 301)).toBe(false)
    expect(isProvable(window(1n), 0)).toBe(true)
  })
  it('have ten thousand at most, however much time there is', () => {
    expect(isProvable(window(10_000_000n), 10_000)).toBe(true)
    expect(isProvable(window(10_000_000n), 10_001)).toBe(false)
  })
})
