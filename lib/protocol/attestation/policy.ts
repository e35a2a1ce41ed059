import * as z from 'zod'
import { SubrosaError } from '../errors'
import { TCB_STATUSES } from './tcb/status'

const hexOf = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^(?:0x)?[0-9a-fA-F]{${bytes * 2}}$`), `must be ${bytes} bytes in hex`)
    .transform((text) => text.replace(/^0x/, '').toLowerCase())

const measurementSet = z.strictObject({
  mrtd: hexOf(48),
  rtmr0: hexOf(48).optional(),
  rtmr1: hexOf(48).optional(),
  rtmr2: hexOf(48).optional(),
})

/** No policy can accept a revoked TCB. */
const acceptable = z.enum(TCB_STATUSES).exclude(['Revoked'])

const schema = z.strictObject({
  /** Left out: UpToDate only. */
  acceptedTcbStatuses: z.array(acceptable).optional(),
  /** Security advisories that may apply, such as INTEL-SA-00837. */
  acceptedAdvisories: z.array(z.string().regex(/^[A-Z0-9-]+$/, 'must be an id such as INTEL-SA-00837')).optional(),
  minimumTcbEvaluationDataNumber: z.int().min(0).optional(),
  /** Whole sets: registers of one build do not combine with those of another. */
  measurements: z.array(measurementSet).optional(),
  /** MRCONFIGID: where the machine's host sets it as dstack does, a second source of the compose hash beside RTMR3. */
  mrConfigIds: z.array(hexOf(48)).optional(),
  mrEnclaves: z.array(hexOf(32)).optional(),
  mrSigners: z.array(hexOf(32)).optional(),
  appIds: z.array(hexOf(20)).optional(),
  composeHashes: z.array(hexOf(32)).optional(),
  keyProviders: z.array(z.strictObject({ name: z.string().min(1), id: z.string().optional() })).optional(),
  reportData: hexOf(64).optional(),
})

/**
 * What a verifier accepts. A field that is left out is not checked; an empty list accepts nothing. Hex in lower case without 0x.
 * Whoever relies on a verdict needs one that leaves nothing open: `parseCompletePolicy`.
 */
export type AttestationPolicy = z.output<typeof schema>

/** Intel's TCB must be up to date; nothing is asked of the measurements. */
export const NO_POLICY: AttestationPolicy = schema.parse({})

export const DEFAULT_TCB_STATUSES: readonly z.output<typeof acceptable>[] = ['UpToDate']

/** @throws SubrosaError INVALID_FIELD for an unknown field or one that breaks its rule. */
export function parsePolicy(input: unknown): AttestationPolicy {
  const { success, data, error } = schema.safeParse(input)
  if (success) return data
  const [issue] = error.issues
  const path = issue?.path.join('.')
  throw new SubrosaError('INVALID_FIELD', { field: path ? `policy.${path}` : 'policy', details: issue?.message })
}
