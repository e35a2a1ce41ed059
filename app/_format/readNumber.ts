/**
 * What a text says as a number. Values are plain decimals: digits, a point where there is a fraction, no zeros to spare.
 * `unclear`: two ways of writing numbers read it, and differ.
 */
export type NumberRead =
  | { kind: 'number'; value: string }
  | { kind: 'unclear'; values: readonly [string, string] }
  | { kind: 'refused'; reason: string }

/** More than 78 digits, which any amount on a chain has at most, with their groups and as many decimals. */
const LONGEST = 200
/** How thousands are set off, and what stands before the fraction. */
const CONVENTIONS = [
  [',', '.'],
  ['.', ','],
  [' ', '.'],
  [' ', ','],
  ["'", '.'],
  ["'", ','],
] as const
/** Lakhs and crores: `1,50,000`. Two commas at least, since with one it is written like thousands. */
const INDIAN = /^((?!0+,)\d{1,2}(?:,\d\d)+,\d{3})(?:\.(\d*))?$/
/** Control and format characters, those that turn the direction of writing included. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/u
const SPACES = /[ \u00a0\u2007\u2009\u202f]/g
const MAGNITUDES = /^([kmbtg]|mm|mn|bn|tn|mio|mln|mrd|mld|tsd|lac|lakh|cr|crore)$/i

/**
 * Reads a number as people write it, whatever their country: `1,5`, `1.5`, `1,500.00`, `1.500,00`, `1 500`, `1'500`,
 * `1,50,000`. Nothing that can be read in two ways is read in one.
 *
 * @param words What may stand before or after it: the unit's symbol and signs.
 */
export function readNumber(text: string, words: readonly string[] = []): NumberRead {
  if (text.length > LONGEST) return refused('That is too long for a number.')
  const trimmed = text.replace(SPACES, ' ').replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
  const hidden = INVISIBLE.exec(trimmed)
  if (hidden) return refused(`It has an invisible character in it (${codeOf(hidden[0])}): type it instead.`)
  const units = unitsIn(trimmed, words)
  const bare = units.bare.replaceAll('’', "'")
  // With a token called `Xe`, `Xe0Xe` is nothing or 14: letters that could be the number's are none of the unit's.
  for (const part of [trimmed, units.withoutFirst, units.withoutLast]) {
    if (/^0x/i.test(part)) return refused('Hexadecimal numbers are not read here: write it in decimal digits.')
    if (/^[\d.,]+e[+-]?\d+$/i.test(part)) return refused('Write all the digits instead of an exponent.')
  }
  if (bare === '') return refused('Enter a number.')
  const strange = strangerIn(bare, words)
  if (strange) return refused(strange)
  const [first, second] = readingsOf(bare)
  if (first === undefined) return refused(faultOf(bare))
  return second === undefined ? { kind: 'number', value: first } : { kind: 'unclear', values: [first, second] }
}

function refused(reason: string): NumberRead {
  return { kind: 'refused', reason }
}

/** Every value that the text has under some convention, each once, the smaller first. */
function readingsOf(text: string): string[] {
  const found = new Set<string>()
  if (!/\d/.test(text)) return []
  for (const [group, mark] of CONVENTIONS) {
    // No group of thousands begins with a zero: `0,500` is half of one.
    const grouped = `(?!0+\\${group})\\d{1,3}(?:\\${group}\\d{3})+`
    const match = new RegExp(`^(${grouped}|\\d*)(?:\\${mark}(\\d*))?$`).exec(text)
    if (match) found.add(plain(match[1], match[2]))
  }
  const indian = INDIAN.exec(text)
  if (indian) found.add(plain(indian[1], indian[2]))
  return [...found].sort((a, b) => Number(a) - Number(b))
}

function plain(whole = '', fraction = ''): string {
  const digits = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '') || '0'
  const rest = fraction.replace(/0+$/, '')
  return rest ? `${digits}.${rest}` : digits
}

/** The text without one unit before it, without one behind it, and without both. */
function unitsIn(text: string, words: readonly string[]): { withoutFirst: string; withoutLast: string; bare: string } {
  // Whoever named a token so: what could pass for a part of the number is none of its unit.
  const known = words.filter((word) => !/\s/.test(word) && !MAGNITUDES.test(word))
  const same = (part: string, word: string) => part.toLowerCase() === word.toLowerCase()
  const withoutFirst = (whole: string) => {
    const unit = known.find((word) => /[\p{L}\p{Sc}]$/u.test(word) && same(whole.slice(0, word.length), word))
    return whole.slice(unit?.length ?? 0).trim()
  }
  const withoutLast = (whole: string) => {
    const unit = known.find((word) => /^[\p{L}\p{Sc}]/u.test(word) && same(whole.slice(-word.length), word))
    return whole.slice(0, whole.length - (unit?.length ?? 0)).trim()
  }
  const rest = withoutFirst(text)
  return { withoutFirst: rest, withoutLast: withoutLast(text), bare: withoutLast(rest) }
}

/** What is wrong with the first part of the text that no number has. */
function strangerIn(text: string, words: readonly string[]): string | undefined {
  if (/[-\u2010-\u2015\u2212\ufe63\uff0d()]/.test(text)) return 'Leave out the minus sign: no amount is below zero.'
  const part = /\p{L}+|[^\d., ']/u.exec(text)?.[0]
  if (part === undefined) return undefined
  if (MAGNITUDES.test(part)) return `Write all the digits instead of “${part}”.`
  const symbol = words.find((word) => text.includes(word))
  if (symbol) return `Leave out “${symbol}”.`
  const named = /^[\x21-\x7e]+$/.test(part) || part.length > 1 ? `“${part}”` : `“${part}” (${codeOf(part)})`
  if (/\p{N}/u.test(part)) return `Write it with the digits 0 to 9: ${named} is not one of them.`
  const unit = words[0] ? `: this is in ${words[0]}.` : '.'
  return /[\p{L}\p{Sc}]/u.test(part) ? `${named} does not belong here${unit}` : `${named} does not belong in a number.`
}

function faultOf(text: string): string {
  if (!/\d/.test(text)) return 'There is no digit in it.'
  return /[.,].*[.,]/.test(text)
    ? 'It has two decimal marks, or thousands that are not in groups of three digits.'
    : 'Thousands go in groups of three digits, and none behind the decimal mark.'
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
