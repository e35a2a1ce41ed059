import { keccak256 } from 'viem/utils'
import type { BundleState } from '../../db/generated/enums'

/** What a place gave, or why it gave nothing. */
export type Download =
  { ok: true; content: Uint8Array; url: string } | { ok: false; state: Exclude<BundleState, 'FETCHED'>; reason: string }

export type DownloadLimits = { maxBytes: number; timeoutMs: number }

const missing = (reason: string): Download => ({ ok: false, state: 'MISSING', reason })

/**
 * Where a bundle lies below an enclave's base URL; null where that is nothing one may ask: the registry holds what an
 * enclave put there, and it may be any text.
 *
 * @example bundleUrl('https://enclave.example/', '0xab…') // https://enclave.example/bundles/0xab…
 */
export function bundleUrl(base: string, proofHash: string): string | null {
  if (!URL.canParse(base)) return null
  const url = new URL(base)
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/bundles/${proofHash}`
  url.search = ''
  url.hash = ''
  return url.href
}

/**
 * Downloads a bundle. Only bytes with the hash asked for are ever given back, so it does not matter who serves them; but
 * redirects are not followed, since whoever names an address must not choose others behind it.
 */
export async function downloadBundle(
  url: string,
  proofHash: string,
  { maxBytes, timeoutMs }: DownloadLimits,
  stopping: AbortSignal,
): Promise<Download> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const signal = AbortSignal.any([timeout, stopping])
    const response = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/octet-stream' } })
    if (!response.ok || !response.body) {
      await response.body?.cancel()
      return missing(`HTTP ${response.status}`)
    }
    const content = await readUpTo(response.body, maxBytes)
    if (!content) return { ok: false, state: 'TOO_LONG', reason: `longer than ${maxBytes} bytes` }
    const hash = keccak256(content)
    if (hash !== proofHash) return { ok: false, state: 'WRONG_HASH', reason: `what was served hashes to ${hash}` }
    return { ok: true, content, url }
  } catch (error) {
    if (timeout.aborted) return missing(`no whole answer in ${timeoutMs} ms`)
    return missing(reasonOf(error))
  }
}

/** @returns null where there is more; the rest is not read. */
async function readUpTo(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let length = 0
  // Leaving the loop early cancels the download.
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length > maxBytes) return null
    parts.push(part)
  }
  return Uint8Array.from(Buffer.concat(parts))
}

/** fetch says "fetch failed" and keeps what happened as the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no connection'
  const cause = error.cause instanceof Error ? error.cause : error
  return ('code' in cause && typeof cause.code === 'string' ? cause.code : cause.message).slice(0, 200)
}
