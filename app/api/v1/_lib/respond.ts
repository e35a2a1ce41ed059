import { isDatabaseUnavailable } from '../../../../lib/db/unavailable'
import { createLogger } from '../../../../lib/observe/logger'
import type { ApiErrorBody } from '../_schemas/error'
import { ApiError, HTTP_STATUS } from './errors'

const log = createLogger('api')

/**
 * Runs a handler and turns what it returns or throws into JSON. Unforeseen errors are logged; the caller learns only
 * that it failed.
 */
export async function respond(request: Request, handle: () => Promise<object>): Promise<Response> {
  try {
    return json(200, await handle())
  } catch (error) {
    const known = toApiError(error)
    if (known.code === 'INTERNAL_ERROR' || known.code === 'DATABASE_UNAVAILABLE') {
      log.error({ err: error, path: new URL(request.url).pathname }, 'request failed')
    }
    const { code, message, field } = known
    return json(HTTP_STATUS[code], { error: { code, message, ...(field && { field }) } } satisfies ApiErrorBody)
  }
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (isDatabaseUnavailable(error)) {
    return new ApiError(
      'DATABASE_UNAVAILABLE',
      'The database cannot be reached. Nothing on the chain is affected; try again soon.',
    )
  }
  return new ApiError('INTERNAL_ERROR', 'The server failed to answer. Nothing on the chain is affected.')
}

function json(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
