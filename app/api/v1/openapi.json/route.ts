import { openApiDocument } from '../_lib/openapi/document'
import { json, respond } from '../_lib/respond'

export { OPTIONS } from '../_lib/cors'

/** The document that describes this API, made from the same schemas that check its requests. */
export function GET(request: Request): Promise<Response> {
  return respond(request, () => Promise.resolve(json(openApiDocument(), { 'cache-control': 'public, max-age=300' })))
}
