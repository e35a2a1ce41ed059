import { describe, expect, it } from 'vitest'
import { parseQuotedPrice, parseSize } from '../../../app/_format/parseQuotation'
import {
  formatPrice,
  formatPriceNumber,
  formatSize,
  paymentOf,
  priceUnit,
  type Quotation,
} from '../../../app/_format/quotation'

const SILK = { symbol: 'SILK', decimals: 18 }
const DUSD = { symbol: 'DUSD', decimals: 6 }
/** A tenth of a token a lot, a cent a lot and tick: prices go in steps of ten cents a token. */
const market: Quotation = { base: SILK, quote: DUSD, tickSize: 10_000n, lotSize: 10n ** 17n }
/** A token is no whole number of lots of three. */
const odd: Quotation = { base: { symbol: 'BEAN', decimals: 0 }, quote: DUSD, tickSize: 1_000_000n, lotSize: 3n }

describe('prices', () => {
  it('are quoted for one whole token, exactly', () => {
    expect(priceUnit(market)).toBe('DUSD per SILK')
    expect(formatPrice(1_234, market)).toBe('123.4 DUSD')
    expect(formatPriceNumber(12_345, market)).toBe('1,234.5')
    expect(parseQuotedPrice('123,4', market)).toMatchObject({ ok: true, ticks: 1_234 })
    expect(parseQuotedPrice('123.4', market)).toEqual({ ok: true, ticks: 1_234, amount: 123_400_000n })
  })

  it('are quoted for one lot where a token is no whole number of lots', () => {
    expect(priceUnit(odd)).toBe('DUSD per 3 BEAN')
    expect(formatPrice(7, odd)).toBe('7 DUSD')
    expect(parseQuotedPrice('7', odd)).toMatchObject({ ok: true, ticks: 7 })
  })

  it('off the grid are refused, with the neighbours', () => {
    expect(parseQuotedPrice('123.45', market)).toMatchObject({
      ok: false,
      reason: 'Prices go in steps of 0.1 DUSD: try 123.4 DUSD or 123.5 DUSD.',
    })
    expect(parseQuotedPrice('0', market)).toMatchObject({ ok: false })
  })
})

describe('sizes', () => {
  it('are whole lots, at least one', () => {
    expect(parseSize('2.5', market)).toEqual({ ok: true, lots: 25, amount: 25n * 10n ** 17n })
    expect(parseSize('2,5', market)).toMatchObject({ ok: true, lots: 25 })
    expect(parseSize('2.55', market)).toMatchObject({
      ok: false,
      reason: 'Sizes go in steps of 0.1 SILK: try 2.5 SILK or 2.6 SILK.',
    })
    expect(parseSize('0', market)).toMatchObject({ ok: false, reason: 'The least size is 0.1 SILK.' })
    expect(parseSize('0.01', market)).toMatchObject({ ok: false, reason: 'The least size is 0.1 SILK.' })
    expect(parseSize('', market)).toMatchObject({ ok: false })
    expect(formatSize(25, market)).toBe('2.5 SILK')
  })

  it('fit 32 bits', () => {
    expect(parseSize('429496729.5', market)).toMatchObject({ ok: true, lots: 4_294_967_295 })
    expect(parseSize('429496729.6', market)).toMatchObject({
      ok: false,
      reason: 'The largest size is 429,496,729.5 SILK.',
    })
  })

  it('cost price x quantity x tick, with nothing rounded', () => {
    expect(paymentOf(25, 1_234, market)).toBe(308_500_000n)
  })
})
