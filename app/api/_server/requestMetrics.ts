import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { ENDPOINTS } from '../v1/_lib/endpoints'

export type RequestMetrics = {
  record: (request: { method: string; url: string; status: number; seconds: number }) => void
}

const METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'POST'])
const API = '/api/v1'

const PATTERNS = [...ENDPOINTS.map(({ path }) => path), '/openapi.json'].map((path) => ({
  route: `${API}${path}`,
  pattern: new RegExp(`^${API}${path.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}/?$`),
}))

/**
 * A request's route, of which there is a fixed number: what people ask for must not fill the memory.
 *
 * @example routeOf('/api/v1/auctions/0x12?x=1') // '/api/v1/auctions/{id}'
 */
export function routeOf(url: string): string {
  const path = url.split('?', 1)[0] ?? '/'
  const known = PATTERNS.find(({ pattern }) => pattern.test(path))
  if (known) return known.route
  if (path.startsWith('/api/')) return '/api/other'
  return path.startsWith('/_next/') ? '/_next' : 'page'
}

/** Counts and times requests by route. @param openStreams Asked whenever the metrics are. */
export function createRequestMetrics(registry: Registry, openStreams: () => number): RequestMetrics {
  const labelNames = ['route', 'method', 'status'] as const
  const requests = new Counter({
    name: 'subrosa_http_requests_total',
    help: 'Requests that were answered, or left by the client.',
    labelNames,
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'subrosa_http_request_duration_seconds',
    help: 'From the request’s head to the end of its answer; streams are left out.',
    labelNames: ['route', 'method'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  new Gauge({
    name: 'subrosa_open_streams',
    help: 'Live update streams that are open now.',
    registers: [registry],
    collect() {
      this.set(openStreams())
    },
  })
  return {
    record: ({ method: given, url, status, seconds }) => {
      const method = METHODS.has(given) ? given : 'other'
      const route = routeOf(url)
      requests.inc({ route, method, status: String(status) })
      if (route !== `${API}/stream`) durations.observe({ route, method }, seconds)
    },
  }
}
