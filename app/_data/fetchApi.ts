import type { z } from 'zod'
import { apiErrorSchema, type ApiErrorCode } from '../api/v1/_schemas/apiError'

/** The API's answer was no, or no answer. `code` is NETWORK where the server was not reached. */
export class ApiFailure extends Error {
  override name = 'ApiFailure'
  constructor(
    readonly code: ApiErrorCode | 'NETWORK' | 'UNREADABLE',
    message: string,
  ) {
    super(message)
  }
}

/**
 * Reads one address of the API and checks the answer against its schema.
 * @param path Below `/api/v1`, with its query.
 * @throws ApiFailure
 */
export async function fetchApi<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  signal?: AbortSignal,
): Promise<z.output<Schema>> {
  const response = await fetch(`/api/v1${path}`, signal ? { signal } : {}).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new ApiFailure('NETWORK', 'The server could not be reached.')
  })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) {
    const error = apiErrorSchema.safeParse(body)
    if (error.success) throw new ApiFailure(error.data.error.code, error.data.error.message)
    throw new ApiFailure('UNREADABLE', `The server answered ${response.status}.`)
  }
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw new ApiFailure('UNREADABLE', 'The server answered something this page cannot read.')
  return parsed.data
}
