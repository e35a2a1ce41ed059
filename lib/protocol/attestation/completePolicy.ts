import { SubrosaError } from '../errors'
import { parsePolicy, type AttestationPolicy } from './policy'

/** What a policy asks: all that tells our enclave from another program, some of it, or nothing. */
export type PolicyScope = 'complete' | 'partial' | 'none'

const REQUIRED = ['appIds', 'composeHashes', 'measurements', 'keyProviders', 'acceptedTcbStatuses'] as const
const REGISTERS = ['mrtd', 'rtmr0', 'rtmr1', 'rtmr2'] as const

/**
 * What a policy leaves open, by its fields' names (PROTOCOL.md section 10): each of these lists must be there and name something, and
 * each set of measurements all four registers. Where one is missing, programs of others pass: whoever owns an app knows its keys.
 *
 * @example policyGaps(parsePolicy({ appIds: [] })) // ['appIds', 'composeHashes', 'measurements', …]
 */
export function policyGaps(policy: AttestationPolicy): string[] {
  const lists = REQUIRED.filter((field) => !policy[field]?.length)
  const registers = (policy.measurements ?? []).flatMap((set, i) =>
    REGISTERS.filter((register) => set[register] === undefined).map((register) => `measurements.${i}.${register}`),
  )
  return [...lists, ...registers]
}

export function policyScope(policy: AttestationPolicy): PolicyScope {
  const values: readonly unknown[] = Object.values(policy)
  if (values.every((value) => value === undefined)) return 'none'
  return policyGaps(policy).length === 0 ? 'complete' : 'partial'
}

/** @throws SubrosaError INVALID_FIELD as `parsePolicy`, and for a policy that leaves anything open, naming all of that. */
export function parseCompletePolicy(input: unknown): AttestationPolicy {
  const policy = parsePolicy(input)
  const gaps = policyGaps(policy)
  if (gaps.length === 0) return policy
  throw new SubrosaError('INVALID_FIELD', { field: 'policy', details: `it leaves open: ${gaps.join(', ')}` })
}
