/**
 * Whether a server may ask at an address that a stranger wrote on the chain: https, by a name, on the usual port. An
 * address in numbers, a name without a dot, and names of this machine or its network are somebody's inside.
 */
export function isPublicAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, port, username, password } = new URL(text)
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false
  if (hostname.startsWith('[') || /^[\d.]+$/.test(hostname)) return false
  return hostname.includes('.') && !/\.(localhost|local|internal|home|lan|arpa)\.?$/.test(hostname)
}
