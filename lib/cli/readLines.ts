const NEWLINE = 0x0a

/** One line's bytes without its end, or null for a line longer than the limit. */
export type Line = Uint8Array | null

/**
 * Splits a byte stream at newlines, holding no more than one line. A line over the limit is dropped as it comes and
 * reported as null in its place. What follows the last newline is a line if it is not empty.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, maxLength: number): AsyncGenerator<Line> {
  let held: Uint8Array[] = []
  let length = 0
  const add = (bytes: Uint8Array): void => {
    length += bytes.length
    if (length > maxLength) held = []
    else held.push(bytes)
  }
  const end = (): Line => {
    const line = length > maxLength ? null : Buffer.concat(held)
    held = []
    length = 0
    return line
  }

  for await (const chunk of chunks) {
    let start = 0
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, at))
      yield end()
      start = at + 1
    }
    add(chunk.subarray(start))
  }
  if (length > 0) yield end()
}
