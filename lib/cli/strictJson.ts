import { SubrosaError } from '../protocol/errors'

/** JSON with integers kept exact: those beyond 2^53 arrive as bigint. */
export type Json = null | boolean | string | number | bigint | Json[] | { [field: string]: Json }

const MAX_DEPTH = 32
// Beyond any field of the protocol; converting longer digits to a bigint would cost quadratic time.
const MAX_EXACT_DIGITS = 80
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const INTEGER = /^-?[0-9]+$/
const SPACE = /[ \t\r\n]*/y
const WORDS: [string, Json][] = [
  ['null', null],
  ['true', true],
  ['false', false],
]

function pathOf(path: (string | number)[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '')
}

function numberOf(token: string): number | bigint {
  const value = Number(token)
  const isExactNeeded = !Number.isSafeInteger(value) && INTEGER.test(token) && token.length <= MAX_EXACT_DIGITS
  return isExactNeeded ? BigInt(token) : value
}

/** Whether a double would drop a fraction for being too small: 100.00000000000000001 is no 100. */
function losesFraction(token: string): boolean {
  const [, whole = '', fraction = '', exponent = '0'] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token) ?? []
  if (!Number.isInteger(Number(token))) return false
  const digits = (whole + fraction).replace(/0+$/, '')
  const decimals = fraction.length - Number(exponent) - (whole.length + fraction.length - digits.length)
  return digits !== '' && decimals > 0
}

/** A recursive-descent reader: JSON.parse rounds big integers and lets a repeated field pass. */
class Reader {
  private at = 0
  private readonly path: (string | number)[] = []

  constructor(private readonly text: string) {}

  document(): Json {
    const value = this.value()
    if (this.at < this.text.length) this.fail('more after the end of the document')
    return value
  }

  private fail(reason: string): never {
    throw new SubrosaError('INVALID_JSON', { details: `${reason} (at character ${this.at + 1})` })
  }

  private skipSpace(): void {
    SPACE.lastIndex = this.at
    SPACE.exec(this.text)
    this.at = SPACE.lastIndex
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at++
    this.skipSpace()
    return true
  }

  private value(): Json {
    if (this.path.length > MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH} levels`)
    this.skipSpace()
    const value = this.bareValue()
    this.skipSpace()
    return value
  }

  private bareValue(): Json {
    const first = this.text[this.at]
    if (first === '{') return this.object()
    if (first === '[') return this.array()
    if (first === '"') return this.string()
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.at)) continue
      this.at += word.length
      return value
    }
    NUMBER.lastIndex = this.at
    const token = NUMBER.exec(this.text)?.[0]
    if (token === undefined) this.fail(first === undefined ? 'the document ends too soon' : 'not a JSON value')
    if (losesFraction(token)) this.fail('a number with more decimals than can be kept')
    this.at += token.length
    return numberOf(token)
  }

  private string(): string {
    let end = this.at + 1
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1
    if (end >= this.text.length) this.fail('a string without an end')
    try {
      const value = JSON.parse(this.text.slice(this.at, end + 1)) as string
      this.at = end + 1
      return value
    } catch {
      return this.fail('a string with a bad escape or a control character')
    }
  }

  private array(): Json[] {
    const items: Json[] = []
    this.take('[')
    if (this.take(']')) return items
    do {
      this.path.push(items.length)
      items.push(this.value())
      this.path.pop()
    } while (this.take(','))
    if (this.text[this.at] !== ']') this.fail('a list without an end')
    this.at++
    return items
  }

  private object(): { [field: string]: Json } {
    // No prototype: a field may be called __proto__.
    const fields = Object.create(null) as { [field: string]: Json }
    this.take('{')
    if (this.take('}')) return fields
    do {
      if (this.text[this.at] !== '"') this.fail('a field name was expected')
      const name = this.string()
      this.path.push(name)
      if (name in fields)
        throw new SubrosaError('INVALID_FIELD', { field: pathOf(this.path), details: 'must appear once' })
      this.skipSpace()
      if (!this.take(':')) this.fail('a colon was expected')
      fields[name] = this.value()
      this.path.pop()
    } while (this.take(','))
    if (this.text[this.at] !== '}') this.fail('an object without an end')
    this.at++
    return fields
  }
}

/**
 * Reads one JSON document, exactly: no rounded integers, no fractions dropped, no repeated fields.
 * @throws SubrosaError INVALID_JSON, or INVALID_FIELD for a field that appears twice.
 */
export function parseStrictJson(text: string): Json {
  return new Reader(text).document()
}
