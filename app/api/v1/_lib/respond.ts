import { isDatabaseUnavailable } from '../../../../lib/db/unavailable'
import { createLogger } from '../../../../lib/observe/logger'
import type { ApiErrorBody } from '../_schemas/apiError'
import { CORS_HEADERS } from './cors'
import { ApiError } from './errors'
import { takeRequest } from './rateLimit'

const log = createLogger('api', process.env.LOG_LEVEL || undefined)

/**
 * Runs a handler if the caller's address may still ask, and turns what is thrown into the JSON of an error. Unforeseen
 * errors are logged; the caller learns only that it failed.
 */
export async function respond(request: Request, handle: () => Promise<Response>): Promise<Response> {
  try {
    takeRequest(request)
    return await handle()
  } catch (error) {
    const known = toApiError(error)
    if (known.code === 'INTERNAL' || known.code === 'DATABASE_UNAVAILABLE') {
      log.error({ err: error, path: new URL(request.url).pathname }, 'request failed')
    }
    return toResponse(known)
  }
}

function toResponse({ code, message, field, problems, status, retryAfter }: ApiError): Response {
  const body: ApiErrorBody = {
    error: {
      code,
      message,
      ...(field !== undefined && { field }),
      ...(problems.length > 0 && { problems: [...problems] }),
    },
  }
  return json(
    body,
    {
      'cache-control': 'no-store',
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    },
    status,
  )
}

/** A JSON answer with the headers of every answer. */
export function json(body: object, headers: Record<string, string>, status = 200): Response {
  return Response.json(body, { status, headers: { ...CORS_HEADERS, ...headers } })
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  return new ApiError(isDatabaseUnavailable(error) ? 'DATABASE_UNAVAILABLE' : 'INTERNAL')
}
