import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import { handleHealth, type HealthOptions } from '../../observe/health'
import { SubrosaError } from '../../protocol/errors'
import { sendBytes, sendJson } from './body'
import { errorCodeOf, sendError } from './errors'
import { limitConnections } from './connectionLimit'
import { createKeepersDoor } from './keepersDoor'
import { RateLimit } from './rateLimit'
import { RANK, routesOf, servicesOf, type EnclaveOptions, type Route } from './routes'

/** Requests a second that one address may make; a keeper asks a few times for each auction that closed. */
const REQUESTS_PER_SECOND = 100

/** A keeper holds one or two open; browsers' servers the same. */
const CAPS = { inAll: 512, perAddress: 32 }

/** Who connects says what they want at once, in milliseconds: silent connections end within two seconds. */
const SILENCE = { headersTimeout: 1_500, connectionsCheckingInterval: 400 }

/** What an answer may take to be read, in milliseconds, and how many bytes a millisecond it is read with at least. */
const READING = { least: 10_000, bytesPerMs: 32 }

/** The enclave's doors: for anybody, and for keepers where the configuration names some. */
export type EnclaveServers = { server: Server; keepers: TlsServer | null }

/** The enclave's HTTP API. It takes ids and gives settlements; there is no way to hand it a bid. */
export function createEnclaveServers(options: EnclaveOptions): EnclaveServers {
  const { requestsPerSecond = REQUESTS_PER_SECOND, caps = CAPS, keepersDoor } = options
  const services = servicesOf(options)
  const limit = new RateLimit(requestsPerSecond, () => performance.now())
  const limits = { ...SILENCE, requestTimeout: 10_000, maxHeaderSize: 8_192, keepAliveTimeout: 5_000 }
  const server = createServer(limits, answerWith(options, routesOf(options, services, RANK.anybody), limit))
  limitConnections(server, caps)
  if (!keepersDoor) return { server, keepers: null }
  const answer = answerWith(options, routesOf(options, services, RANK.keeper), null)
  return { server, keepers: createKeepersDoor(keepersDoor.certificates, answer) }
}

/** @param limit Requests that one address may make; null: as many as it likes. */
function answerWith(
  { log, metrics, reader }: EnclaveOptions,
  routes: Record<string, Route>,
  limit: RateLimit | null,
): RequestListener {
  const health: HealthOptions = {
    service: 'enclave',
    ready: async () => ({ ready: true, ...(await reader.readReadiness()) }),
    metrics: metrics.registry,
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    try {
      if (path !== '/health' && limit?.admits(request.socket.remoteAddress ?? '') === false)
        throw new SubrosaError('RATE_LIMITED')
      if (await handleHealth(request, response, health)) return
      const result = await routeOf(routes, request, path)(request)
      limitReading(response, result instanceof Uint8Array ? result.length : 0)
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

  return (request, response) => void answer(request, response)
}

/** Cuts off who reads an answer so slowly that it is only meant to keep a connection busy. */
function limitReading(response: ServerResponse, bytes: number): void {
  const { socket } = response
  const cutOff = setTimeout(() => socket?.destroy(), READING.least + bytes / READING.bytesPerMs)
  response.once('close', () => clearTimeout(cutOff))
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
