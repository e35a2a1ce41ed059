/** What an address of the API said, without what changes at every block, or that it did not answer. */
export type Look = { ok: true; fingerprint: string; stale: boolean } | { ok: false; reason: string }

type Answer = { index?: { lagSeconds?: unknown; ageSeconds?: unknown }; error?: { message?: unknown } } | null

/** Looks whether anything changed at an address of the API. Only compared, never shown, so it is not checked further. */
export async function watchPath(path: string, signal: AbortSignal): Promise<Look> {
  try {
    const response = await fetch(`/api/v1${path}`, { signal })
    const body = (await response.json()) as Answer
    if (!response.ok) return { ok: false, reason: text(body?.error?.message) ?? 'The server cannot answer now.' }
    return {
      ok: true,
      fingerprint: JSON.stringify(body, (key, value: unknown) => (VOLATILE.has(key) ? undefined : value)),
      stale: [body?.index?.lagSeconds, body?.index?.ageSeconds].some((seconds) => Number(seconds) > LATE_SECONDS),
    }
  } catch (error) {
    if (signal.aborted) throw error
    return { ok: false, reason: 'The server cannot be reached.' }
  }
}

/** The index is that far behind the chain, or was last heard of that long ago. */
const LATE_SECONDS = 45

const VOLATILE = new Set(['index', 'chainTime'])

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
