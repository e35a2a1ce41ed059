import { numberToHex, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import { ListCache } from '../../../lib/enclave/book/listCache'
import { MarketCache } from '../../../lib/enclave/book/marketCache'

type Market = { cost: number; size: number }
const idOf = (index: number): Hex => numberToHex(index, { size: 32 })
const busy = idOf(0xffff)

/** A cache, with how a market of some cost is used in it. */
function openCache(limits: { most: number; maxSize: number }) {
  const cache = new MarketCache<Market>(limits)
  const use = (id: Hex, cost: number, size = cost, work = () => Promise.resolve()) =>
    cache.use(
      id,
      () => ({ cost: 0, size: 0 }),
      (market) => market,
      async (market) => {
        await work()
        Object.assign(market, { cost, size })
      },
    )
  const has = (...ids: Hex[]) => ids.map((id) => cache.peek(id) !== null)
  return { cache, use, has }
}

describe('markets in memory', () => {
  it('are not driven out by many small ones, however often those are used', async () => {
    const { use, has } = openCache({ most: 32, maxSize: 1_000_000 })
    await use(busy, 10_000)
    for (let round = 0; round < 3; ++round) for (let index = 0; index < 33; ++index) await use(idOf(index), 3)
    expect(has(busy)).toEqual([true])
  })

  it('go at last where nobody uses them and enough others were forgotten', async () => {
    const { use, has } = openCache({ most: 2, maxSize: 1_000_000 })
    await use(busy, 100)
    for (let index = 0; index < 300; ++index) await use(idOf(index), 3)
    expect(has(busy, idOf(299))).toEqual([false, true])
  })

  it('take so much at most together, and one alone what it takes', async () => {
    const { use, has } = openCache({ most: 32, maxSize: 100 })
    await use(idOf(1), 60)
    await use(idOf(2), 30)
    expect(has(idOf(1), idOf(2))).toEqual([true, true])
    await use(idOf(3), 50)
    expect(has(idOf(1), idOf(2), idOf(3))).toEqual([true, false, false])
    await use(idOf(3), 500)
    expect(has(idOf(3))).toEqual([true])
  })

  it('stay while they are worked on, and are the same for all who work on them', async () => {
    const { cache, use, has } = openCache({ most: 1, maxSize: 1_000 })
    let end = () => {}
    const working = use(idOf(1), 1, 1, () => new Promise<void>((resolve) => (end = resolve)))
    const market = cache.peek(idOf(1))
    await use(idOf(2), 50)
    expect(has(idOf(1), idOf(2))).toEqual([true, false])
    const again = use(idOf(1), 2)
    expect(cache.peek(idOf(1))).toBe(market)
    end()
    await Promise.all([working, again])
    await expect(use(idOf(1), 1, 1, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    await use(idOf(3), 50)
    expect(has(idOf(1), idOf(3))).toEqual([false, true])
  })

  it('are not kept longer by being looked at', async () => {
    const { use, has } = openCache({ most: 1, maxSize: 1_000 })
    await use(idOf(1), 1)
    for (let looks = 0; looks < 10; ++looks) has(idOf(1))
    await use(idOf(2), 2)
    expect(has(idOf(1), idOf(2))).toEqual([false, true])
  })
})

describe('lists in memory', () => {
  const listOf = (rows: number) => ({
    carriedHash: idOf(rows),
    carried: Array.from({ length: rows }, (_, leaf) => ({ leaf: idOf(leaf), filled: 0, disposition: 0 })),
  })

  it('have so many orders at most together: the one not asked for longest goes', () => {
    const lists = new ListCache(10)
    lists.put('a', listOf(3))
    lists.put('b', listOf(3))
    expect(lists.get('a')).toEqual(listOf(3))
    lists.put('c', listOf(3))
    expect(['a', 'b', 'c'].map((key) => lists.get(key) !== null)).toEqual([true, false, true])
    lists.put('d', listOf(50))
    expect(['a', 'c', 'd'].map((key) => lists.get(key) !== null)).toEqual([false, false, true])
    for (let index = 0; index < 100; ++index) lists.put(`${index}`, listOf(0))
    expect(Array.from({ length: 100 }, (_, index) => lists.get(`${index}`)).filter(Boolean)).toHaveLength(10)
  })
})
