import { readFile, stat } from 'node:fs/promises'
import type { Hex } from 'viem'
import { MAX_BUNDLE_BYTES } from '../protocol/proof/bundle'

const TIMEOUT_MS = 60_000

/**
 * A bundle from a file or from wherever it is served; who serves it plays no part, since its hash is signed.
 *
 * @param source A URL that ends in `/bundles` is where bundles lie under their hashes.
 * @returns null where it is not to be had, which `say` is told.
 */
export async function loadBundle(
  source: string,
  proofHash: Hex,
  say: (line: string) => void,
): Promise<Uint8Array | null> {
  try {
    return /^https?:\/\//.test(source) ? await download(urlOf(source, proofHash)) : await read(source)
  } catch (error) {
    say(`The bundle cannot be had from ${source}: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

function urlOf(source: string, proofHash: Hex): URL {
  const url = new URL(source)
  if (/\/bundles\/?$/.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/$/, '')}/${proofHash}`
  return url
}

function tooLong(): Error {
  return new Error(`longer than ${MAX_BUNDLE_BYTES} bytes`)
}

async function read(file: string): Promise<Uint8Array> {
  if ((await stat(file)).size > MAX_BUNDLE_BYTES) throw tooLong()
  return new Uint8Array(await readFile(file))
}

async function download(url: URL): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length > MAX_BUNDLE_BYTES) throw tooLong()
    parts.push(part)
  }
  return Uint8Array.from(Buffer.concat(parts))
}
