import type { SealingKeyEntry } from '../../lib/chain/sealingKeys'

/** What may be done with a sealing key at a time, Unix seconds of chain time. */
export type KeyStanding = 'in use' | 'not yet valid' | 'expired' | 'retired' | 'revoked'

export function keyStanding(
  key: Pick<SealingKeyEntry, 'retiredAt' | 'revokedAt' | 'notBefore' | 'notAfter'>,
  now: number,
): KeyStanding {
  if (key.revokedAt !== null) return 'revoked'
  if (key.retiredAt !== null) return 'retired'
  if (now < key.notBefore) return 'not yet valid'
  return now < key.notAfter ? 'in use' : 'expired'
}
