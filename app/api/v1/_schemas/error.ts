import { z } from 'zod'

/** Every error code of the API; app/api/v1/_lib/httpStatus.ts gives each its HTTP status. */
export const apiErrorCodeSchema = z.enum([
  'INVALID_REQUEST',
  'NOT_FOUND',
  'INDEX_NOT_READY',
  'DATABASE_UNAVAILABLE',
  'INTERNAL_ERROR',
])

/** The body of every answer that is not 2xx. `field` names the parameter at fault. */
export const apiErrorSchema = z.object({
  error: z.object({
    code: apiErrorCodeSchema,
    message: z.string(),
    field: z.string().optional(),
  }),
})

export type ApiErrorCode = z.infer<typeof apiErrorCodeSchema>
export type ApiErrorBody = z.infer<typeof apiErrorSchema>
