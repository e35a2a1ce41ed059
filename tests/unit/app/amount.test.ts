import { describe, expect, it } from 'vitest'
import { formatAmount, formatRough, parseAmount, parsePrice } from '../../../app/_format/amount'

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

describe('parseAmount', () => {
  it.each([
    ['12.5', 12_500_000n],
    [' 1,250 ', 1_250_000_000n],
    ['.5', 500_000n],
    ['0.1000000000', 100_000n],
  ])('reads %s', (text, amount) => {
    expect(parseAmount(text, DUSD)).toEqual({ ok: true, amount })
  })

  it.each(['', '-1', '1e3', '1.2.3', '0x10', 'abc', '1.0000001'])('refuses %s', (text) => {
    expect(parseAmount(text, DUSD).ok).toBe(false)
  })
})

describe('parsePrice', () => {
  const tick = 250_000n

  it('counts whole ticks', () => {
    expect(parsePrice('1.75', tick, DUSD)).toEqual({ ok: true, ticks: 7, amount: 1_750_000n })
  })

  it('names the neighbours of a price between two ticks', () => {
    expect(parsePrice('1.80', tick, DUSD)).toEqual({
      ok: false,
      reason: 'Prices go in steps of 0.25 DUSD: try 1.75 DUSD or 2 DUSD.',
    })
  })

  it('refuses nothing, and 2^32 - 1, which means no sale', () => {
    expect(parsePrice('0', tick, DUSD)).toMatchObject({ ok: false })
    const price = (ticks: bigint) => parsePrice(ticks.toString(), 1n, { symbol: 'T', decimals: 0 })
    expect(price(2n ** 32n - 2n)).toMatchObject({ ok: true, ticks: 2 ** 32 - 2 })
    expect(price(2n ** 32n - 1n)).toMatchObject({ ok: false })
  })
})
