/** How editors and shells mark the encoding of a text that they write. */
const MARKS = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const
/** The text that a file holds, without the space around it; undefined for bytes with a zero, which every quote has in its version. */
export function textOf(bytes: Uint8Array): string | undefined {
  const marked = MARKS.find(({ mark }) => mark.every((byte, i) => bytes[i] === byte))
  if (!marked && bytes.includes(0)) return undefined
  return new TextDecoder(marked?.encoding).decode(bytes).trim()
}

/** Versions of quotes, which their first two bytes state. */
const isQuote = ([low, high]: Uint8Array) => high === 0 && low !== undefined && low >= 3 && low <= 5

/**
 * The bytes of a quote that somebody wrote as text: hex as `xxd -p` breaks it into lines, with 0x or without, or base64, that of
 * URLs too. Text in neither is no forged quote but one that cannot be read.
 *
 * @returns the bytes, or what is wrong with the text, in words that follow the file's name.
 */
export function decodeQuoteText(text: string): Uint8Array | string {
  const joined = text.replace(/\s+/g, '')
  if (joined === '') return 'is empty'
  const digits = joined.replace(/^0x/i, '')
  if (/^[0-9a-f]+$/i.test(digits)) {
    if (digits.length % 2 === 0) return new Uint8Array(Buffer.from(digits, 'hex'))
    return `has an odd number of hex digits, ${digits.length}: one is missing`
  }
  const base64 = /^([\w+/-]+)={0,2}$/.exec(joined)?.[1]
  const decoded = base64 === undefined || base64.length % 4 === 1 ? undefined : Buffer.from(base64, 'base64')
  // Almost any word is base64 of something.
  if (decoded && isQuote(decoded)) return new Uint8Array(decoded)
  return 'is neither the bytes of a quote nor hex, base64 or JSON of one'
}
