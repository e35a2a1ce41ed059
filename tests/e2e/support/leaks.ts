/** What opens a sealed bid, and what it says: a browser that keeps either in the clear tells on the bidder. */
export type Opening = {
  /** Ticks, as the person typed it. */
  price: number
  /** 32 bytes in hex. */
  secret: string
}

/** Fields that a bid or an order is opened or read with. PROTOCOL.md section 4. */
const TELLING = ['secret', 'rho', 'price', 'quantity', 'flags', 'minFill', 'expiryBatch']
/** Counters and times, which everyone may know: one of them may well be the same number as a price. */
const PUBLIC = ['version', 'chainId', 'fromBlock', 'seq', 'updatedAt']

/**
 * Where a stored text tells on a bid: by a field of such a name, by the price as a number of its own, or by the secret at
 * its full length. Random digits that happen to hold those of the price are none of these.
 *
 * @param text JSON, with JSON in its strings or not, or prose.
 * @returns one line a place; empty where it tells nothing.
 */
export function leaksIn(text: string, { price, secret }: Opening): string[] {
  const hex = secret.replace(/^0x/, '').toLowerCase()
  const decimal = BigInt(`0x${hex}`).toString()
  const plain = text.toLowerCase()
  const whole = plain.includes(hex) || plain.includes(decimal) ? ['the text holds the secret'] : []
  return [...whole, ...walk(parsed(text), '', String(price))]
}

const NUMBER = String.raw`(?<![\w.,-])\d[\d,]*(?:\.\d+)?`

/** Numbers in a text that stand for themselves, without the commas of thousands; not digits in a hash, an id or a name. */
export function numbersIn(text: string): string[] {
  return found(text, `${NUMBER}(?![\\w-])`)
}

/** Numbers in a text that are amounts of this unit, such as DUSD, without the commas of thousands. */
export function amountsIn(text: string, unit: string): string[] {
  return found(text, `${NUMBER}(?=\\s${unit}\\b)`)
}

function found(text: string, pattern: string): string[] {
  return (text.match(new RegExp(pattern, 'g')) ?? []).map((number) => number.replaceAll(',', ''))
}

function walk(value: unknown, path: string, price: string): string[] {
  if (typeof value === 'string') {
    const inner = parsed(value)
    return inner === value ? said(value, path, price) : walk(inner, path, price)
  }
  if (typeof value === 'number' || typeof value === 'bigint') return said(String(value), path, price)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const here = Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`
    if (TELLING.includes(name)) return [`${here} is there`]
    return PUBLIC.includes(name) ? [] : walk(inner, here, price)
  })
}

function said(text: string, path: string, price: string): string[] {
  return numbersIn(text).includes(price) ? [`${path || 'the text'} says ${price}`] : []
}

/** What a text is the JSON of, where it is that of an object or a list; else itself. */
function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
