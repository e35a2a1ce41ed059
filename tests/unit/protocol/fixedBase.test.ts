import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixedBase } from '../../../lib/protocol/commitment/fixedBase'
import { G, H, N } from '../../../lib/protocol/commitment/generator'

describe('multiplication of a fixed point', () => {
  const timesG = fixedBase(G, 256)
  const timesH = fixedBase(H, 64)

  // Where a digit turns negative, carries over windows, or is nothing.
  const EDGES = [1n, 2n, 127n, 128n, 129n, 255n, 256n, 257n, 0x7fffn, 0x8000n, 0xffffn, 2n ** 63n, 2n ** 64n - 1n]

  it.each([...EDGES, 2n ** 255n, N - 2n, N - 1n])('is the curve’s, of %s', (scalar) => {
    expect(timesG(scalar).equals(G.multiply(scalar))).toBe(true)
  })
  it.each(EDGES)('is the curve’s with a short table, of %s', (scalar) => {
    expect(timesH(scalar).equals(H.multiply(scalar))).toBe(true)
  })
  it('is the curve’s, of anything', () => {
    fc.assert(fc.property(fc.bigInt(1n, N - 1n), (scalar) => timesG(scalar).equals(G.multiply(scalar))))
    fc.assert(fc.property(fc.bigInt(1n, 2n ** 64n - 1n), (scalar) => timesH(scalar).equals(H.multiply(scalar))))
  })
  it('of nothing is nothing', () => {
    expect(timesG(0n).is0()).toBe(true)
  })
  it('takes no scalar that its table is too short for, and none below 0', () => {
    expect(() => timesH(2n ** 64n)).toThrow(RangeError)
    expect(() => timesG(-1n)).toThrow(RangeError)
  })
})
