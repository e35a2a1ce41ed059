import { describe, expect, it } from 'vitest'
import { OPEN } from '../../../lib/dev/seed/catalogue'
import { CATALOGUE, planSeeds } from '../../../lib/dev/seed/plan'

const ALL = CATALOGUE.map(({ key }) => key)
const yes = () => Promise.resolve(true)
const no = () => Promise.resolve(false)
const keysOf = async (...given: Parameters<typeof planSeeds>) => (await planSeeds(...given)).map(({ key }) => key)

describe('planSeeds', () => {
  it('opens the whole catalogue on a new chain, and what an interrupted start left', async () => {
    expect(await keysOf({ done: [], added: 0 }, no)).toEqual(ALL)
    expect(await keysOf({ done: ALL.slice(2), added: 0 }, yes)).toEqual(ALL.slice(0, 2))
  })

  it('adds nothing while something is open', async () => {
    expect(await keysOf({ done: ALL, added: 3 }, yes)).toEqual([])
  })

  it('adds one where nothing is, each time another', async () => {
    const added = await Promise.all([0, 1, OPEN.length].map((count) => keysOf({ done: ALL, added: count }, no)))
    expect(added).toEqual([[`${OPEN[0]?.key}-1`], [`${OPEN[1]?.key}-2`], [`${OPEN[0]?.key}-${OPEN.length + 1}`]])
  })

  it('has names of its own for everything', () => {
    expect(new Set(ALL).size).toBe(ALL.length)
  })
})
