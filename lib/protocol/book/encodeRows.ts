import { hexToBytes } from 'viem/utils'
import type { Hex } from 'viem'

const WORD = 32

/**
 * abi.encode of an array of static tuples: offset, length, then a word for each field. By hand, because a batch has
 * thousands of rows, for which a general encoder takes seconds.
 * @param rows Fields in order: a hex string is put at the right of its word, a number is a uint32.
 */
export function encodeRows(rows: readonly (readonly (Hex | number)[])[], fields: number): Uint8Array {
  const bytes = new Uint8Array(WORD * (2 + rows.length * fields))
  const view = new DataView(bytes.buffer)
  view.setUint32(WORD - 4, WORD)
  view.setUint32(2 * WORD - 4, rows.length)
  let end = 2 * WORD
  for (const row of rows) {
    for (const field of row) {
      end += WORD
      if (typeof field === 'number') view.setUint32(end - 4, field)
      else {
        const value = hexToBytes(field)
        bytes.set(value, end - value.length)
      }
    }
  }
  return bytes
}
