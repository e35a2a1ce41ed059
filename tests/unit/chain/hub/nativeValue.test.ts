import { describe, expect, it } from 'vitest'
import { toPlancks, toWei } from '../../../../lib/chain/hub/nativeValue'

/** The Hub's: its coin has 10 decimals, contracts see 18. */
const RATIO = 10n ** 8n

describe('the native coin in plancks and in wei', () => {
  it('is ratio times as much in wei', () => {
    expect(toWei(1n, RATIO)).toBe(100_000_000n)
    expect(toPlancks(10n ** 18n, RATIO)).toBe(10n ** 10n)
    expect(toPlancks(0n, RATIO)).toBe(0n)
  })

  it('comes back whole, beyond what a double holds', () => {
    const plancks = 2n ** 127n + 1n
    expect(toPlancks(toWei(plancks, RATIO), RATIO)).toBe(plancks)
  })

  it.each([1n, RATIO - 1n, RATIO + 1n, 10n ** 18n + 1n, -RATIO])('refuses %s wei, and rounds nothing', (wei) => {
    expect(() => toPlancks(wei, RATIO)).toThrow(expect.objectContaining({ code: 'INVALID_FIELD', field: 'value' }))
  })
})
