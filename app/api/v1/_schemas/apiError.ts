import { z } from 'zod'

/** Every error code of the API, as lib/protocol/errors.ts explains them; _lib/errors.ts gives each its HTTP status. */
export const apiErrorCodeSchema = z.enum([
  'INVALID_REQUEST',
  'NOT_FOUND',
  'LIST_NOT_HERE',
  'RATE_LIMITED',
  'TOO_MANY_STREAMS',
  'INDEX_NOT_READY',
  'DATABASE_UNAVAILABLE',
  'INTERNAL',
])

/** A parameter and the rule that it breaks. */
export const problemSchema = z.object({ field: z.string(), rule: z.string() })

/** The body of every answer that is not 2xx. `field` names the parameter at fault, `problems` each of them. */
export const apiErrorSchema = z.object({
  error: z.object({
    code: apiErrorCodeSchema,
    message: z.string(),
    field: z.string().optional(),
    problems: z.array(problemSchema).optional(),
  }),
})

export type ApiErrorCode = z.infer<typeof apiErrorCodeSchema>
export type ApiErrorBody = z.infer<typeof apiErrorSchema>
export type Problem = z.infer<typeof problemSchema>
