import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { handleHealth, type HealthOptions } from '../../observe/health'
import { SubrosaError } from '../../protocol/errors'
import { sendBytes, sendJson } from './body'
import { errorCodeOf, sendError } from './errors'
import { RateLimit } from './rateLimit'
import { routesOf, type EnclaveOptions, type Route } from './routes'

/** Requests a second that one address may make; a keeper asks a few times for each auction that closed. */
const REQUESTS_PER_SECOND = 100

/** The enclave's HTTP API. It takes ids and gives settlements; there is no way to hand it a bid. */
export function createEnclaveServer(options: EnclaveOptions): Server {
  const { log, metrics, reader, requestsPerSecond = REQUESTS_PER_SECOND } = options
  const routes = routesOf(options)
  const limit = new RateLimit(requestsPerSecond, () => performance.now())
  const health: HealthOptions = {
    service: 'enclave',
    ready: async () => ({ ready: true, ...(await reader.readReadiness()) }),
    metrics: metrics.registry,
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    try {
      if (path !== '/health' && !limit.admits(request.socket.remoteAddress ?? ''))
        throw new SubrosaError('RATE_LIMITED')
      if (await handleHealth(request, response, health)) return
      const result = await routeOf(routes, request, path)(request)
      if (result instanceof Uint8Array) sendBytes(response, result)
      else sendJson(response, 200, result)
    } catch (error) {
      const code = errorCodeOf(error)
      const details = error instanceof SubrosaError ? error.details : undefined
      if (code === 'INTERNAL') log.error({ path, err: error }, 'request failed')
      else log.info({ path, code, details }, 'request refused')
      sendError(response, error)
    }
  }

  const limits = { requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 8_192, keepAliveTimeout: 5_000 }
  const server = createServer(limits, (request, response) => void answer(request, response))
  server.maxConnections = 64
  return server
}

/** Routes are `METHOD /path`; a segment that begins with a colon stands for any one, and is handed on. */
function routeOf(routes: Record<string, Route>, { method }: IncomingMessage, path: string): Route {
  const given = path.split('/')
  for (const [pattern, route] of Object.entries(routes)) {
    const [verb, wanted = ''] = pattern.split(' ')
    const segments = wanted.split('/')
    if (verb !== method || segments.length !== given.length) continue
    const isAny = (segment: string) => segment.startsWith(':')
    if (!segments.every((segment, place) => segment === given[place] || (isAny(segment) && given[place] !== '')))
      continue
    const names = given.filter((_name, place) => isAny(segments[place] ?? ''))
    return (request) => route(request, ...names)
  }
  throw new SubrosaError('NOT_FOUND')
}
