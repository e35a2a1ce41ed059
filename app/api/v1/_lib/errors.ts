import { ERRORS } from '../../../../lib/protocol/errors'
import type { ApiErrorCode, Problem } from '../_schemas/apiError'

/** The HTTP status of each error code: the one place that knows. */
export const HTTP_STATUS: Record<ApiErrorCode, number> = {
  INVALID_REQUEST: 400,
  NOT_FOUND: 404,
  LIST_NOT_HERE: 404,
  RATE_LIMITED: 429,
  TOO_MANY_STREAMS: 503,
  INDEX_NOT_READY: 503,
  DATABASE_UNAVAILABLE: 503,
  INTERNAL: 500,
}

/** Seconds after which to ask again, for errors that pass by themselves. */
const RETRY_AFTER: Partial<Record<ApiErrorCode, number>> = {
  RATE_LIMITED: 1,
  TOO_MANY_STREAMS: 30,
  INDEX_NOT_READY: 2,
  DATABASE_UNAVAILABLE: 5,
}

type Options = { message?: string; field?: string; problems?: readonly Problem[]; status?: number; retryAfter?: number }

/** An answer other than success. `message` is shown to the caller, so it holds nothing of the server's inside. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  /** Seconds; undefined where the same request would fail again. */
  readonly retryAfter: number | undefined
  readonly problems: readonly Problem[]
  readonly field: string | undefined

  constructor(
    readonly code: ApiErrorCode,
    { message, field, problems = [], status, retryAfter }: Options = {},
  ) {
    super(message ?? `${ERRORS[code].what} ${ERRORS[code].next}`)
    this.status = status ?? HTTP_STATUS[code]
    this.retryAfter = retryAfter ?? RETRY_AFTER[code]
    this.problems = problems
    this.field = field ?? problems[0]?.field
  }
}

export function unknownMarket(): ApiError {
  return new ApiError('NOT_FOUND', { message: 'No such market is indexed.', field: 'id' })
}

export function unknownBatch(): ApiError {
  return new ApiError('NOT_FOUND', { message: 'Nobody used this batch.', field: 'batchId' })
}

export function unknownAuction(): ApiError {
  return new ApiError('NOT_FOUND', { message: 'No such auction is indexed.', field: 'id' })
}
