import { streamQuerySchema } from '../_schemas/query'
import { clientKey } from '../_lib/clientAddress'
import { CORS_HEADERS } from '../_lib/cors'
import { database } from '../_lib/database'
import { parseQuery } from '../_lib/parse'
import { json, respond } from '../_lib/respond'
import { parsePosition } from '../_lib/stream/position'
import { pollFeed } from '../_lib/stream/poll'
import { streamHub } from '../_lib/stream/sharedHub'

export { OPTIONS } from '../_lib/cors'

const POLL_LIMIT = 100

/** `no-transform` keeps compression off, which would hold messages back until it has enough of them. */
const STREAM_HEADERS = {
  ...CORS_HEADERS,
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

/** What changes in the index, as it changes: server-sent events, or JSON where that is what the client accepts. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { lastEventId: asked, ...filter } = parseQuery(streamQuerySchema, request)
    const lastEventId = request.headers.get('last-event-id') || asked
    if (wantsJson(request)) {
      return json(await pollFeed(database(), filter, lastEventId, POLL_LIMIT), { 'cache-control': 'no-store' })
    }
    const from = lastEventId === undefined ? 'now' : (parsePosition(lastEventId) ?? 'lost')
    const body = await streamHub().open(clientKey(request), filter, from, request.signal)
    return new Response(body, { headers: STREAM_HEADERS })
  })
}

function wantsJson(request: Request): boolean {
  const accept = request.headers.get('accept') ?? ''
  return accept.includes('application/json') && !accept.includes('text/event-stream')
}
