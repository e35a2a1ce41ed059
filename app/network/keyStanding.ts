/** What may be done with a sealing key at a time, Unix seconds of chain time. */
export type KeyStanding = 'in use' | 'not yet valid' | 'expired' | 'revoked'

export function keyStanding(key: { revoked: boolean; notBefore: bigint; notAfter: bigint }, now: number): KeyStanding {
  if (key.revoked) return 'revoked'
  if (now < key.notBefore) return 'not yet valid'
  return now < key.notAfter ? 'in use' : 'expired'
}
