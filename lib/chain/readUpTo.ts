/**
 * Reads the body of an answer, no further than is wanted of it.
 *
 * @returns null where there are more bytes; the rest is not read.
 */
export async function readUpTo(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let length = 0
  // Leaving the loop early cancels the download.
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length > maxBytes) return null
    parts.push(part)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
