import { readUpTo } from './readUpTo'

/** What a place served, or why it served nothing that can be used. */
export type ServedFile = { ok: true; bytes: Uint8Array } | { ok: false; state: 'MISSING' | 'TOO_LONG'; reason: string }

export type DownloadLimits = { maxBytes: number; timeoutMs: number }

const missing = (reason: string): ServedFile => ({ ok: false, state: 'MISSING', reason })

/**
 * Where a file lies below an enclave's base URL; null where that is nothing one may ask: the registry holds what an
 * enclave put there, and it may be any text.
 *
 * @param path With its slash.
 * @example enclaveFileUrl('https://enclave.example/', '/bundles/0xab…') // https://enclave.example/bundles/0xab…
 */
export function enclaveFileUrl(base: string, path: string): string | null {
  if (!URL.canParse(base)) return null
  const url = new URL(base)
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`
  url.search = ''
  url.hash = ''
  return url.href
}

/**
 * Downloads a file that somebody else named. Redirects are not followed, since whoever names an address must not choose
 * others behind it; whether the bytes are those that were signed for is for the caller to see.
 *
 * @param accept The media type asked for.
 */
export async function downloadFile(
  url: string,
  accept: string,
  { maxBytes, timeoutMs }: DownloadLimits,
  stopping?: AbortSignal,
): Promise<ServedFile> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const signal = stopping ? AbortSignal.any([timeout, stopping]) : timeout
    const response = await fetch(url, { signal, redirect: 'error', headers: { accept } })
    if (!response.ok || !response.body) {
      await response.body?.cancel()
      return missing(`HTTP ${response.status}`)
    }
    const bytes = await readUpTo(response.body, maxBytes)
    return bytes ? { ok: true, bytes } : { ok: false, state: 'TOO_LONG', reason: `longer than ${maxBytes} bytes` }
  } catch (error) {
    if (timeout.aborted) return missing(`no whole answer in ${timeoutMs} ms`)
    return missing(reasonOf(error))
  }
}

/** fetch says "fetch failed" and keeps what happened as the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no connection'
  const cause = error.cause instanceof Error ? error.cause : error
  return ('code' in cause && typeof cause.code === 'string' ? cause.code : cause.message).slice(0, 200)
}
