import { pollQuerySchema } from '../../_schemas/query'
import { database } from '../../_lib/database'
import { parseQuery } from '../../_lib/parse'
import { json, respond } from '../../_lib/respond'
import { pollFeed } from '../../_lib/stream/poll'

export { OPTIONS } from '../../_lib/cors'

/** The stream's events as JSON, for who cannot keep a connection. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { after, limit, ...filter } = parseQuery(pollQuerySchema, request)
    return json(await pollFeed(database(), filter, after, limit), { 'cache-control': 'no-store' })
  })
}
