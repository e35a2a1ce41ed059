import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownFormat, plainOwnFormat } from '../../app/_format/ownFormat'
import { readNumber } from '../../app/_format/readNumber'
import { unitWords } from '../../app/_format/unitWords'
import { spellings } from '../../app/_ui/spellings'

/** A plain decimal as a fraction in lowest terms would be: its digits as a bigint, and how many of them are decimals. */
const DECIMALS = 40
const toUnits = (whole: string, fraction: string) => BigInt(whole + fraction.padEnd(DECIMALS, '0'))
const unitsOf = (value: string) => toUnits(value.split('.')[0]!, value.split('.')[1] ?? '')

const isDigits = (text: string) => /^[0-9]+$/.test(text)

/** The whole part of a number whose groups are set off so, in digits; null where it is not one. */
function ungroup(whole: string, group: string, indian: boolean): string | null {
  const parts = whole.split(group)
  const [first = '', ...others] = parts
  if (!parts.every(isDigits)) return null
  if (others.length === 0) return first
  if (Number(first) === 0) return null
  const last = others.at(-1)!
  const inner = others.slice(0, -1)
  if (last.length !== 3) return null
  // With one separator, Indian and other grouping do not differ.
  if (indian)
    return inner.length > 0 && first.length <= 2 && inner.every((part) => part.length === 2) ? parts.join('') : null
  return first.length <= 3 && inner.every((part) => part.length === 3) ? parts.join('') : null
}

/** What a text says to someone who writes numbers one way. An independent reading of what the parser must not confuse. */
function readAs(text: string, mark: string, group: string, indian = false): bigint | null {
  const parts = text.split(mark)
  const [before = '', after = '', ...more] = parts
  if (more.length > 0 || (before === '' && after === '')) return null
  if (after !== '' && !isDigits(after)) return null
  const whole = before === '' ? '0' : ungroup(before, group, indian)
  return whole === null ? null : toUnits(whole, after)
}

/** Every value that somebody somewhere could take the text for. */
function everyReading(text: string): Set<bigint> {
  const even = text
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replaceAll('’', "'")
    .trim()
  const readings = [
    readAs(even, '.', ','),
    readAs(even, ',', '.'),
    ...['.', ','].flatMap((mark) => [readAs(even, mark, ' '), readAs(even, mark, "'")]),
    readAs(even, '.', ',', true),
  ]
  return new Set(readings.filter((value) => value !== null))
}

/**
 * As above, of a text with a unit, which has a letter or a sign of money in it: it may be the number's or not, whatever it
 * is called; and letters have other uses.
 */
function everyReadingWithUnits(text: string, words: readonly string[]): Set<bigint> {
  const lower = text.trim().toLowerCase()
  const bare = new Set([lower])
  const units = words.filter((word) => /[\p{L}\p{Sc}]/u.test(word)).map((word) => word.toLowerCase())
  for (let round = 0; round < 2; round++) {
    for (const candidate of [...bare]) {
      for (const word of units) {
        if (candidate.startsWith(word)) bare.add(candidate.slice(word.length).trim())
        if (candidate.endsWith(word)) bare.add(candidate.slice(0, -word.length).trim())
      }
    }
  }
  const found = new Set<bigint>()
  for (const candidate of bare) {
    for (const value of everyReading(candidate)) found.add(value)
    const [, scaled, magnitude] = /^([\d.,' ]+?) ?([kmb])$/.exec(candidate) ?? []
    const thousands = { k: 1_000n, m: 1_000_000n, b: 1_000_000_000n }[magnitude ?? '']
    if (scaled && thousands) for (const value of everyReading(scaled)) found.add(value * thousands)
    const [, digits, power] = /^(\d+)e(\d{1,2})$/.exec(candidate) ?? []
    if (digits && power) found.add(toUnits(digits, '') * 10n ** BigInt(power))
    if (/^0x[0-9a-f]+$/.test(candidate)) found.add(toUnits(BigInt(candidate).toString(), ''))
  }
  return found
}

const from = (characters: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters.split(/(?:)/u)), minLength: 1, maxLength })

/** Texts that look like numbers: groups of some length between separators of some kind. */
const numberLike = fc
  .array(fc.tuple(from('0123456789', 4), fc.constantFrom('', '.', ',', ' ', "'", '’', '\u00a0', '\u202f', '\u2009')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.flat().join(''))
const texts = fc.oneof(from("0159.,' ’\u00a0\u2009", 10), numberLike)
const symbols = fc.oneof(
  fc.constantFrom(
    'DUSD',
    'ETH',
    'USDC',
    'K',
    'm',
    'e',
    'e5',
    'E18',
    '1INCH',
    '000',
    '-',
    'x',
    'xDA',
    'zł',
    '.',
    'A B',
    '5 A',
    '٣',
  ),
  from('eExX0159.,kK $', 3),
)
const RUNS = { numRuns: 4_000 }

describe('numbers as people write them', () => {
  it('no accepted text has two readings, and one that has two is asked about', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const read = readNumber(text)
        const readings = everyReading(text)
        if (read.kind === 'number') expect([...readings]).toEqual([unitsOf(read.value)])
        else if (read.kind === 'unclear') expect(new Set(read.values.map(unitsOf))).toEqual(readings)
        else expect(readings.size).toBe(0)
        expect(readings.size).toBeLessThan(3)
      }),
      RUNS,
    )
  })

  it('nor with a unit beside it, whatever a token is called', () => {
    let accepted = 0
    fc.assert(
      fc.property(
        texts,
        symbols,
        fc.constantFrom('', ' '),
        fc.integer({ min: 0, max: 3 }),
        (number, symbol, gap, at) => {
          const text = [number, `${number}${gap}${symbol}`, `${symbol}${gap}${number}`, `${symbol}${number}${symbol}`][
            at
          ]!
          const words = unitWords(symbol)
          const read = readNumber(text, words)
          if (read.kind === 'refused') return
          accepted++
          const values = read.kind === 'number' ? [read.value] : read.values
          const readings = everyReadingWithUnits(text, words)
          expect([...readings].sort()).toEqual(values.map(unitsOf).sort())
        },
      ),
      RUNS,
    )
    expect(accepted).toBeGreaterThan(RUNS.numRuns / 10)
  })

  it('whatever is typed is read, asked about or refused with a reason', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 5 }), (text, symbol) => {
        const read = readNumber(text, unitWords(symbol))
        if (read.kind === 'refused') expect(read.reason).toMatch(/\.$/)
      }),
      RUNS,
    )
  })

  it('an answer to the question has one reading: the one that was chosen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        from('0123456789', 3),
        fc.constantFrom(',', '.'),
        (whole, last, mark) => {
          const text = `${whole}${mark}${last.padEnd(3, '0')}`
          const read = readNumber(text)
          if (read.kind !== 'unclear') throw new Error(`${text} is not asked about`)
          for (const answer of spellings(text, read.values)) {
            expect(readNumber(answer.text)).toEqual({ kind: 'number', value: answer.value })
          }
        },
      ),
    )
  })
})

const LOCALES = [
  ...['en', 'en-GB', 'en-IN', 'en-ZA', 'hi', 'de', 'de-AT', 'de-CH', 'de-LI', 'fr', 'fr-CH', 'fr-CA', 'it', 'it-CH'],
  ...['es', 'es-MX', 'pt', 'pt-PT', 'sv', 'nb', 'da', 'fi', 'et', 'lv', 'lt', 'pl', 'cs', 'sk', 'hu', 'ro', 'bg', 'hr'],
  ...['sl', 'sr', 'ru', 'uk', 'ka', 'hy', 'tr', 'az', 'el', 'he', 'ja', 'zh', 'ko', 'th', 'vi', 'id', 'nl', 'is', 'eo'],
  ...['rm', 'gsw', 'af', 'ar-AE', 'ta', 'gu', 'sw', 'am'],
]
/** Locales that write other digits by default: refused, never misread. */
const OTHER_DIGITS = ['ar-EG', 'fa', 'bn', 'mr', 'ne', 'my', 'dz']
const values = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.oneof(fc.constant(''), from('0123456789', 8)))
  .map(([whole, fraction]) => `${whole}${fraction.replace(/0+$/, '') ? `.${fraction.replace(/0+$/, '')}` : ''}`)

describe('what a country’s own format writes', () => {
  it.each(LOCALES)('in %s is read back or asked about, never read as another number', (locale) => {
    const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 })
    fc.assert(
      fc.property(values, (value) => {
        // Exact: the text of a decimal, not a double.
        const text = format.format(value as `${number}`)
        const read = readNumber(text)
        if (read.kind === 'number') expect(read.value).toBe(value)
        else if (read.kind === 'unclear') expect(read.values).toContain(value)
        else throw new Error(`${JSON.stringify(text)} is refused: ${read.reason}`)
        // What is shown as understood is read back without a question.
        expect(readNumber(plainOwnFormat(value, locale))).toEqual({ kind: 'number', value })
      }),
      { numRuns: 40 },
    )
  })

  it.each(OTHER_DIGITS)('in %s, in other digits, is refused, and what is shown is in these', (locale) => {
    fc.assert(
      fc.property(values, (value) => {
        const read = readNumber(
          new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(value as `${number}`),
        )
        expect(read.kind).toBe('refused')
        const own = readNumber(ownFormat(value, locale))
        if (own.kind === 'number') expect(own.value).toBe(value)
        else expect(own).toMatchObject({ kind: 'unclear' })
      }),
      { numRuns: 20 },
    )
  })
})
