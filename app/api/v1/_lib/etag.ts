import { createHash } from 'node:crypto'

/** Bumped where an answer to the same state of the index changes its form. */
const FORM = 5

/**
 * The strong ETag of an answer, from all that its bytes depend on: the state of the index (with the chain time that
 * phases are judged by), the request, and the encoding that the server may compress it to.
 *
 * @param revision Any JSON-able description of the state.
 */
export function etagOf(request: Request, revision: unknown): string {
  const { pathname, searchParams } = new URL(request.url)
  const query = [...searchParams].sort(([a], [b]) => (a < b ? -1 : 1))
  const encoding = request.headers.get('accept-encoding') ?? ''
  const text = JSON.stringify([FORM, pathname.toLowerCase(), query, encoding, revision], (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
}

/** Whether If-None-Match names this ETag (RFC 9110, section 13.1.2: compared weakly; `*` is any). */
export function matches(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false
  if (ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag)
}
