/**
 * Fetches text from a place that is not trusted: no redirect is followed, and neither length nor time is its choice.
 * @throws Error where the status is not 200, or a limit is passed.
 */
export async function fetchLimited(
  url: string,
  { timeoutMs, maxBytes }: { timeoutMs: number; maxBytes: number },
): Promise<string> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
    cache: 'no-store',
    headers: { accept: 'application/json' },
  })
  if (response.status !== 200 || !response.body) throw new Error(`the answer has status ${response.status}`)
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body) {
    length += part.length
    if (length > maxBytes) throw new Error('the answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
