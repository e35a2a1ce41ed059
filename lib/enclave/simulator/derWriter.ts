import { concatBytes, hexToBytes } from '@noble/hashes/utils.js'

/** Writing the DER that certificates and CRLs are made of (X.690). */
function element(tag: number, ...contents: Uint8Array[]): Uint8Array {
  const body = concatBytes(...contents)
  return concatBytes(Uint8Array.of(tag), lengthOf(body.length), body)
}

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  if (length < 0x100) return Uint8Array.of(0x81, length)
  return Uint8Array.of(0x82, length >> 8, length & 0xff)
}

function base128(value: number): number[] {
  const digits = [value & 0x7f]
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80)
  return digits
}

function integer(magnitude: Uint8Array): Uint8Array {
  const first = magnitude.findIndex((byte) => byte !== 0)
  const trimmed = first === -1 ? Uint8Array.of(0) : magnitude.subarray(first)
  return element(0x02, (trimmed[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...trimmed) : trimmed)
}

/** YYMMDDHHMMSSZ, for times before 2050. */
function utcTime(seconds: number): Uint8Array {
  const digits = new Date(seconds * 1000).toISOString().replace(/[-:T]/g, '').slice(2, 14)
  return element(0x17, new TextEncoder().encode(`${digits}Z`))
}

function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return element(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)))
}

export const der = {
  sequence: (...items: Uint8Array[]) => element(0x30, ...items),
  set: (item: Uint8Array) => element(0x31, item),
  explicit: (number: number, item: Uint8Array) => element(0xa0 | number, item),
  implicit: (number: number, contents: Uint8Array) => element(0x80 | number, contents),
  integer,
  smallInteger: (value: number) => integer(Uint8Array.of(value >> 8, value & 0xff)),
  enumerated: (value: number) => element(0x0a, Uint8Array.of(value)),
  true: () => element(0x01, Uint8Array.of(0xff)),
  bits: (contents: Uint8Array, unused = 0) => element(0x03, Uint8Array.of(unused), contents),
  octets: (contents: Uint8Array) => element(0x04, contents),
  oid,
  utf8: (text: string) => element(0x0c, new TextEncoder().encode(text)),
  utcTime,
  /** Already encoded, in hex. */
  hex: (text: string) => hexToBytes(text),
}
