import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStrictJson } from '../../../lib/cli/strictJson'

/** Rounded and with prototypes, as JSON.parse would give it. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item)))

describe('parseStrictJson', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(plain(parseStrictJson(text))).toEqual(JSON.parse(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it('accepts and refuses what JSON.parse does, but for repeated fields, depth and lost fractions', () => {
    const soup = fc.array(fc.constantFrom(...'{}[]",:\\0123456789-+.eE \t\ntrufalsn\u0001é'.split(/(?:)/u)), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(soup, (characters) => {
        const text = characters.join('')
        let expected: unknown
        try {
          expected = JSON.parse(text)
        } catch {
          expect(() => parseStrictJson(text)).toThrow()
          return
        }
        // A fraction below what doubles hold, which JSON.parse makes a whole number of.
        if (/\de-\d{3}/i.test(text)) return
        expect(plain(parseStrictJson(text))).toEqual(plain(expected))
      }),
      { numRuns: 20_000 },
    )
  })

  it('keeps integers beyond 2^53 exact', () => {
    expect(parseStrictJson('[9007199254740993, -18446744073709551617, 9007199254740991]')).toEqual([
      9007199254740993n,
      -18446744073709551617n,
      9007199254740991,
    ])
    expect(parseStrictJson('9'.repeat(1_000_000))).toBe(Infinity)
  })

  it.each(['100.00000000000000001', '[-1e-400]', '0.1e-999', '9007199254740993.5', '12345678901234567890.1e0'])(
    'refuses %s, of which a number keeps no fraction',
    (text) => {
      expect(() => parseStrictJson(text)).toThrow('more decimals than can be kept')
    },
  )

  it.each([
    ['100.0', 100],
    ['1.50e1', 15],
    ['1e2', 100],
    ['0.000', 0],
    ['0e-999', 0],
    ['100e-2', 1],
    ['0.5', 0.5],
    ['-2.5e1', -25],
  ])('reads %s, which is exact or no whole number', (text, value) => {
    expect(parseStrictJson(text)).toBe(value)
  })

  it.each([
    ['{"a":1,"a":1}', 'a: must appear once'],
    ['{"a":[{"b":{"c":1,"d":2,"c":3}}]}', 'a[0].b.c: must appear once'],
    ['{"__proto__":1,"__proto__":2}', '__proto__: must appear once'],
    ['{"a":1,"\\u0061":1}', 'a: must appear once'],
  ])('%s: %s', (text, message) => {
    expect(() => parseStrictJson(text)).toThrow(expect.objectContaining({ code: 'INVALID_FIELD', message }) as Error)
  })

  it.each([
    '',
    ' ',
    '{"a":1}}',
    '[1,]',
    '{"a":1,}',
    '"a',
    '"\\',
    '01',
    '1.',
    '+1',
    'nul',
    'NaN',
    "{'a':1}",
    '['.repeat(50_000),
    '\u00a01',
  ])('refuses %j', (text) => {
    expect(() => parseStrictJson(text)).toThrow(expect.objectContaining({ code: 'INVALID_JSON' }) as Error)
  })
})
