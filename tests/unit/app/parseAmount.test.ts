import { describe, expect, it } from 'vitest'
import { parseAmount } from '../../../app/_format/parseAmount'
import { parsePrice } from '../../../app/_format/parsePrice'

const DUSD = { symbol: 'DUSD', decimals: 6 }
const reasonOf = (result: { ok: boolean; reason?: string }) => (result.ok ? 'read' : result.reason)

describe('parseAmount', () => {
  it.each([
    ['12.5', 12_500_000n],
    ['1,5', 1_500_000n],
    [' 1,250.00 ', 1_250_000_000n],
    ['.5', 500_000n],
    ['0.1000000000', 100_000n],
    ['1.5 DUSD', 1_500_000n],
    ['123456789012345678901234567.000001', 123_456_789_012_345_678_901_234_567_000_001n],
  ])('reads %s in base units', (text, amount) => {
    expect(parseAmount(text, { unit: DUSD })).toEqual({ ok: true, amount })
  })

  it.each([
    ['', 'Enter an amount.'],
    ['1,250', 'Do you mean 1.25 or 1,250?'],
    ['-1', 'Leave out the minus sign: no amount is below zero.'],
    ['1.0000001', 'DUSD has at most 6 decimals: try 1 DUSD or 1.000001 DUSD.'],
  ])('does not read %j', (text, reason) => {
    expect(reasonOf(parseAmount(text, { unit: DUSD }))).toBe(reason)
  })

  it('names whole numbers where there are no decimals', () => {
    const bounds = { unit: { symbol: '', decimals: 0 }, least: { amount: 1n, reason: 'One at least.' } }
    expect(reasonOf(parseAmount('1,5', bounds))).toBe('Whole numbers only: try 1 or 2.')
    expect(reasonOf(parseAmount('0.5', bounds))).toBe('One at least.')
    expect(parseAmount('3.0', bounds)).toEqual({ ok: true, amount: 3n })
  })

  it('names only what the field takes: within its steps, its least and its most', () => {
    const bounds = {
      unit: { symbol: 'T', decimals: 2 },
      step: 30n,
      things: 'Amounts',
      least: { amount: 60n, reason: 'At least 0.6 T.' },
      most: { amount: 100n, reason: 'At most 1 T.' },
    }
    expect(reasonOf(parseAmount('0.7', bounds))).toBe('Amounts go in steps of 0.3 T: try 0.6 T or 0.9 T.')
    // 1.2 is beyond the most.
    expect(reasonOf(parseAmount('0.95', bounds))).toBe('Amounts go in steps of 0.3 T: try 0.9 T.')
    expect(reasonOf(parseAmount('0.5', bounds))).toBe('At least 0.6 T.')
    expect(reasonOf(parseAmount('1.0001', bounds))).toBe('At most 1 T.')
    expect(reasonOf(parseAmount('1.2', bounds))).toBe('At most 1 T.')
  })
})

describe('parsePrice', () => {
  const tick = 250_000n

  it('counts whole ticks', () => {
    expect(parsePrice('1.75', tick, DUSD)).toEqual({ ok: true, ticks: 7, amount: 1_750_000n })
    expect(parsePrice('1,75', tick, DUSD)).toEqual({ ok: true, ticks: 7, amount: 1_750_000n })
  })

  it('names the neighbours of a price between two ticks', () => {
    expect(parsePrice('1.80', tick, DUSD)).toEqual({
      ok: false,
      reason: 'Prices go in steps of 0.25 DUSD: try 1.75 DUSD or 2 DUSD.',
    })
  })

  it('refuses nothing, and 2^32 - 1, which means no sale', () => {
    expect(reasonOf(parsePrice('0', tick, DUSD))).toBe('The least price is 0.25 DUSD.')
    expect(reasonOf(parsePrice('0.1', tick, DUSD))).toBe('The least price is 0.25 DUSD.')
    const price = (ticks: bigint) => parsePrice(ticks.toString(), 1n, { symbol: 'T', decimals: 0 })
    expect(price(2n ** 32n - 2n)).toMatchObject({ ok: true, ticks: 2 ** 32 - 2 })
    expect(reasonOf(price(2n ** 32n - 1n))).toBe('The highest price is 4,294,967,294 T.')
  })
})
