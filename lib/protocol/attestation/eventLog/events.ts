import * as z from 'zod'
import { Rejection } from '../rejection'

const MAX_EVENTS = 10_000

/** The register that dstack extends while the machine runs, its boot included: RTMR3. The others are the firmware's and the kernel's. */
export const RUNTIME_REGISTER = 3

const lowerHex = (pattern: RegExp, message: string) =>
  z
    .string()
    .regex(pattern, message)
    .transform((text) => text.toLowerCase())

const eventSchema = z.object({
  imr: z.int().min(0).max(3),
  event_type: z.int().min(0).max(0xffff_ffff),
  // A log that was made smaller leaves out what can be computed.
  digest: lowerHex(/^(?:[0-9a-fA-F]{96})?$/, 'must be 48 bytes in hex').default(''),
  event: z.string().default(''),
  event_payload: lowerHex(/^(?:[0-9a-fA-F]{2})*$/, 'must be bytes in hex').default(''),
  version: z.union([z.literal(1), z.literal(2)]).optional(),
})

const schema = z.array(eventSchema).max(MAX_EVENTS)

/** One event of a dstack machine's log: what extended a register. */
export type LoggedEvent = z.output<typeof eventSchema>

/** @throws Rejection naming the event at fault. */
export function parseEventLog(input: unknown): LoggedEvent[] {
  const { success, data, error } = schema.safeParse(input)
  if (success) return data
  const [issue] = error.issues
  throw new Rejection(`event ${issue?.path.join('.') || 'log'}: ${issue?.message ?? 'not of the expected form'}`)
}
