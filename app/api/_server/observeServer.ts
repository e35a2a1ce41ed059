import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { loadEnv, webEnv } from '../../../lib/config/env'
import { createMetrics, startHealthServer } from '../../../lib/observe/health'
import { createLogger } from '../../../lib/observe/logger'
import { addressOf, CLIENT_HEADER } from '../v1/_lib/clientAddress'
import { apiSettings } from '../v1/_lib/rateLimit'
import { existingStreamHub } from '../v1/_lib/stream/sharedHub'
import { readReadiness } from './readiness'
import { createRequestMetrics, type RequestMetrics } from './requestMetrics'

/**
 * What the web server does beside Next: names each request's address where clients cannot, counts and times requests,
 * tells how it is on a port of this machine alone, and ends the open streams when it is asked to stop, which Next would
 * wait for.
 */
export async function observeServer(): Promise<void> {
  const env = loadEnv(webEnv)
  const settings = apiSettings()
  const log = createLogger('web', env.LOG_LEVEL)
  const registry = createMetrics('web')
  const metrics = createRequestMetrics(registry, () => existingStreamHub()?.size ?? 0)

  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    nameClient(request, settings.TRUSTED_PROXIES)
    if (request.socket.localPort !== settings.WEB_METRICS_PORT) count(request, response, metrics)
  })

  const stop = () => void existingStreamHub()?.close()
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)

  if (settings.WEB_METRICS_PORT === undefined) return
  try {
    const port = settings.WEB_METRICS_PORT
    await startHealthServer({ service: 'web', metrics: registry, ready: readReadiness, port })
    log.info({ port }, 'metrics are served')
  } catch (error) {
    // Pages matter more than their figures.
    log.error({ err: error }, 'metrics cannot be served')
  }
}

/** Whatever the client sent under this name is overwritten. */
function nameClient(request: IncomingMessage, trustedProxies: number): void {
  const forwarded = request.headers['x-forwarded-for']
  const chain = Array.isArray(forwarded) ? forwarded.join(',') : forwarded
  request.headers[CLIENT_HEADER] = addressOf(request.socket.remoteAddress, chain, trustedProxies)
}

function count(request: IncomingMessage, response: ServerResponse, metrics: RequestMetrics): void {
  const start = performance.now()
  const { method = '', url = '/' } = request
  response.once('close', () => {
    metrics.record({ method, url, status: response.statusCode, seconds: (performance.now() - start) / 1_000 })
  })
}
