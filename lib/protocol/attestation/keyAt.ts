import type { Hex } from 'viem'

/** How many of an operator's keys are looked back at. */
const LOOK_BACK = 8

/** When a sealing key serves, as the registry has it. Unix seconds; null: not so far. */
export interface KeyTimes {
  keyId: Hex
  notBefore: bigint
  notAfter: bigint
  admittedAt: bigint
  retiredAt: bigint | null
  revokedAt: bigint | null
}

/**
 * The key that serves an operator's span of time [from, until), as the registry's `keyAt` has it: of the keys admitted before
 * `from`, neither retired nor revoked before it, whose own time holds the span, the one admitted last. What happens at
 * `from` or later changes no answer. PROTOCOL.md section 11.
 *
 * @param keys The operator's, in the order of their admission.
 * @returns null where there is none among the 8 last ones admitted before `from`.
 */
export function keyAt<Key extends KeyTimes>(keys: readonly Key[], from: bigint, until: bigint): Key | null {
  const isBefore = (time: bigint | null) => time !== null && time < from
  const candidates = keys.filter(({ admittedAt }) => isBefore(admittedAt)).slice(-LOOK_BACK)
  const serves = ({ retiredAt, revokedAt, notBefore, notAfter }: Key) =>
    !isBefore(retiredAt) && !isBefore(revokedAt) && notBefore <= from && until <= notAfter
  return candidates.findLast(serves) ?? null
}
