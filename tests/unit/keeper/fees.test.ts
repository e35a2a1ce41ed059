import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bumpedFees, FeesAboveCap, firstFees } from '../../../lib/keeper/transactions/fees'

const GWEI = 10n ** 9n
const fee = fc.bigInt({ min: 0n, max: 1_000n * GWEI })

describe('first fees', () => {
  it('are the market’s, held to the cap, and none where the cap buys no block', () => {
    const market = { baseFee: 10n, maxFeePerGas: 22n, maxPriorityFeePerGas: 2n }
    expect(firstFees(market, 100n)).toEqual({ maxFeePerGas: 22n, maxPriorityFeePerGas: 2n })
    expect(firstFees(market, 15n)).toEqual({ maxFeePerGas: 15n, maxPriorityFeePerGas: 2n })
    expect(firstFees(market, 12n).maxFeePerGas).toBe(12n)
    expect(() => firstFees(market, 11n)).toThrow(FeesAboveCap)
  })
})

describe('a replacement’s fees', () => {
  it('are an eighth more on both, at least, and never above the cap', () => {
    const cases = fc.record({ maxFee: fee, tip: fee, marketFee: fee, marketTip: fee, cap: fee })
    fc.assert(
      fc.property(cases, ({ maxFee, tip, marketFee, marketTip, cap }) => {
        const previous = { maxFeePerGas: maxFee, maxPriorityFeePerGas: tip < maxFee ? tip : maxFee }
        const bumped = bumpedFees(previous, { maxFeePerGas: marketFee, maxPriorityFeePerGas: marketTip }, cap)
        if (!bumped) {
          expect(maxFee * 1125n + 1_000n).toBeGreaterThan(cap * 1000n)
          return
        }
        expect(bumped.maxFeePerGas).toBeLessThanOrEqual(cap)
        expect(bumped.maxPriorityFeePerGas).toBeLessThanOrEqual(bumped.maxFeePerGas)
        expect(bumped.maxFeePerGas * 1000n).toBeGreaterThanOrEqual(maxFee * 1125n)
        expect(bumped.maxPriorityFeePerGas * 1000n).toBeGreaterThanOrEqual(previous.maxPriorityFeePerGas * 1125n)
        expect(bumped.maxFeePerGas).toBeGreaterThan(previous.maxFeePerGas)
      }),
    )
  })
})
