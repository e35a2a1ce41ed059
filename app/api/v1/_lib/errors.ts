import type { ApiErrorCode } from '../_schemas/error'

/** The HTTP status of each error code: the one place that knows. */
export const HTTP_STATUS: Record<ApiErrorCode, number> = {
  INVALID_REQUEST: 400,
  NOT_FOUND: 404,
  INDEX_NOT_READY: 503,
  DATABASE_UNAVAILABLE: 503,
  INTERNAL_ERROR: 500,
}

/** An answer other than success. `message` is shown to the caller, so it holds nothing of the server's inside. */
export class ApiError extends Error {
  override name = 'ApiError'
  constructor(
    readonly code: ApiErrorCode,
    message: string,
    readonly field?: string,
  ) {
    super(message)
  }
}
