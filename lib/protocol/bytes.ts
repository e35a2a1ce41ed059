import { SubrosaError } from './errors'

/** The ASCII bytes of `text`. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** `value` big-endian in `length` bytes. @throws SubrosaError VALUE_OUT_OF_RANGE if it does not fit. */
export function bigEndian(value: bigint | number, length: number): Uint8Array {
  let rest = BigInt(value)
  const bytes = new Uint8Array(length)
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn)
    rest >>= 8n
  }
  if (rest !== 0n) throw new SubrosaError('VALUE_OUT_OF_RANGE', { details: `${value} does not fit ${length} bytes` })
  return bytes
}

/** Checks the length of a byte string. @throws SubrosaError INVALID_LENGTH */
export function assertLength(bytes: Uint8Array, length: number, field: string): void {
  if (bytes.length !== length) {
    throw new SubrosaError('INVALID_LENGTH', { field, details: `${length} bytes expected, ${bytes.length} given` })
  }
}
