import { ApiError } from '../_lib/errors'
import { respond } from '../_lib/respond'

export { OPTIONS } from '../_lib/cors'

/** What is nowhere else is nowhere, said in the API's own form. */
export function GET(request: Request): Promise<Response> {
  return respond(request, () => Promise.reject(new ApiError('NOT_FOUND')))
}
