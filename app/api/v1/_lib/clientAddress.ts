/**
 * Header in which the server names the address that a request came from. What a client sends under this name is replaced
 * before anything reads it (app/_server/markClient.ts).
 */
export const CLIENT_HEADER = 'x-subrosa-client'

/** The caller's address for counting: IPv6 by its /64, as one household has as many as it likes. */
export function clientKey(request: Request): string {
  return keyOfAddress(request.headers.get(CLIENT_HEADER) ?? 'unknown')
}

/** @example keyOfAddress('2001:db8::1') // '2001:db8:0:0' */
export function keyOfAddress(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const end = tail === '' ? [] : tail.split(':')
    while (groups.length + end.length < 8) groups.push('0')
    groups.push(...end)
  }
  return groups.slice(0, 4).join(':').toLowerCase()
}

/**
 * The address a request came from: the socket's, or, behind proxies that each append what they saw to X-Forwarded-For,
 * the entry that the outermost trusted one wrote. Entries further left are the client's own words.
 *
 * @param trustedProxies How many proxies stand before this server.
 */
export function addressOf(peer: string | undefined, forwardedFor: string | undefined, trustedProxies: number): string {
  if (trustedProxies === 0) return peer ?? 'unknown'
  const entries = (forwardedFor ?? '').split(',').map((entry) => entry.trim())
  return entries.at(-trustedProxies) || (peer ?? 'unknown')
}
