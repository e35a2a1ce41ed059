import { readFile, stat } from 'node:fs/promises'
import { readUpTo } from '../chain/readUpTo'

const TIMEOUT_MS = 60_000

/** A file that the user named, or what is served at a URL that they named. @throws Error with why it cannot be had. */
export async function loadFile(source: string, maxBytes: number): Promise<Uint8Array> {
  if (isUrl(source)) return download(new URL(source), maxBytes)
  if ((await stat(source)).size > maxBytes) throw tooLong(maxBytes)
  return new Uint8Array(await readFile(source))
}

export function isUrl(source: string): boolean {
  return /^https?:\/\//.test(source)
}

function tooLong(maxBytes: number): Error {
  return new Error(`longer than ${maxBytes} bytes`)
}

async function download(url: URL, maxBytes: number): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
  const bytes = await readUpTo(response.body, maxBytes)
  if (!bytes) throw tooLong(maxBytes)
  return bytes
}
