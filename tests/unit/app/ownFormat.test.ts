import { describe, expect, it } from 'vitest'
import { ownFormat, plainOwnFormat } from '../../../app/_format/ownFormat'

describe('ownFormat', () => {
  it.each([
    ['en', '1500000.25', '1,500,000.25'],
    ['de', '1500000.25', '1.500.000,25'],
    ['fr', '1500000.25', '1\u202f500\u202f000,25'],
    ['en-IN', '1500000', '15,00,000'],
    ['es', '1500', '1500'],
    ['ar-EG', '1500.5', '1,500.5'],
    ['de', '123456789012345678901234567.123456789012345678', '123.456.789.012.345.678.901.234.567,123456789012345678'],
  ])('in %s writes %s as %s', (locale, value, text) => {
    expect(ownFormat(value, locale)).toBe(text)
  })

  it('takes a country’s groups as its browser has them', () => {
    expect(ownFormat('1500.25', 'de-CH')).toMatch(/^1['’]500\.25$/)
  })
})

describe('plainOwnFormat', () => {
  it.each([
    ['en', '1500', '1,500.00'],
    ['de', '1500', '1.500,00'],
    ['de', '2.495', '2,4950'],
    ['en', '1500.5', '1,500.5'],
    ['sv', '1500', '1\u00a0500'],
    ['en', '0.125', '0.125'],
  ])('in %s leaves %s no second reading: %s', (locale, value, text) => {
    expect(plainOwnFormat(value, locale)).toBe(text)
  })
})
