import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLines } from '../../../lib/cli/readLines'

async function linesOf(chunks: Uint8Array[], maxLength: number): Promise<(string | null)[]> {
  async function* feed() {
    for (const chunk of chunks) yield await Promise.resolve(chunk)
  }
  const lines: (string | null)[] = []
  for await (const line of readLines(feed(), maxLength)) lines.push(line && Buffer.from(line).toString())
  return lines
}

describe('readLines', () => {
  it('gives the same lines however the stream is cut', async () => {
    const text = fc.array(fc.constantFrom('a', 'bc', 'é', '\n'), { maxLength: 40 }).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (source, size) => {
        const bytes = Buffer.from(source)
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        )
        const expected = source.split('\n')
        if (expected.at(-1) === '') expected.pop()
        expect(await linesOf(chunks, 1000)).toEqual(expected)
      }),
    )
  })

  it('gives null in the place of a line over the limit, and goes on', async () => {
    const chunks = ['abc\n', 'abcd', 'efgh', 'ij\nab', 'c\n', 'abcd'].map((text) => Buffer.from(text))
    expect(await linesOf(chunks, 3)).toEqual(['abc', null, 'abc', null])
  })
})
