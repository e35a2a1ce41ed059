import { describe, expect, it } from 'vitest'
import { formatAmount, formatRough } from '../../../app/_format/amount'

const DUSD = { symbol: 'DUSD', decimals: 6 }

describe('formatAmount', () => {
  it('groups thousands and keeps every digit', () => {
    expect(formatAmount(1_234_567_500_000n, DUSD)).toBe('1,234,567.5 DUSD')
    expect(formatAmount(1n, DUSD)).toBe('0.000001 DUSD')
    expect(formatAmount(0n, DUSD)).toBe('0 DUSD')
  })

  it('is exact far beyond what a double holds', () => {
    expect(formatAmount(123456789012345678901234567n, { symbol: 'ETH', decimals: 18 })).toBe(
      '123,456,789.012345678901234567 ETH',
    )
  })
})

describe('formatRough', () => {
  const eth = { symbol: 'ETH', decimals: 18 }

  it('cuts after four decimals, never up, and never to nothing', () => {
    expect(formatRough(9_989_999_836_539_998_855_780n, eth)).toBe('9,989.9998 ETH')
    expect(formatRough(5n, eth)).toBe('0.000000000000000005 ETH')
    expect(formatRough(1_234_560n, DUSD)).toBe('1.2345 DUSD')
    expect(formatRough(7n, { symbol: 'T', decimals: 0 })).toBe('7 T')
  })
})
