import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Registry, collectDefaultMetrics } from 'prom-client'

/** Whether a service can do its work now, and what it would say to somebody who asks why not. */
export type Readiness = { ready: boolean } & Record<string, unknown>

export type HealthOptions = {
  /** Name of the service, in every answer and on every metric. */
  service: string
  /** Asked at `/ready`. A throw counts as not ready; its message is not shown. */
  ready?: () => Readiness | Promise<Readiness>
  /** Metrics at `/metrics`, in the Prometheus text format. */
  metrics?: Registry
}

/** A metrics registry with Node's own gauges and the service's name as label. */
export function createMetrics(service: string): Registry {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  return registry
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(text)
}

/**
 * Answers `/health` (the process lives), `/ready` (it can work: 200, else 503) and `/metrics`.
 *
 * @returns Whether the request was one of these, and so is answered; otherwise nothing was written.
 */
export async function handleHealth(
  request: IncomingMessage,
  response: ServerResponse,
  options: HealthOptions,
): Promise<boolean> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  const path = (request.url ?? '/').split('?', 1)[0]
  if (path === '/health') {
    sendJson(response, 200, { service: options.service, pid: process.pid, uptime: Math.round(process.uptime()) })
    return true
  }
  if (path === '/ready') {
    const state = await readiness(options)
    sendJson(response, state.ready ? 200 : 503, { service: options.service, ...state })
    return true
  }
  if (path === '/metrics' && options.metrics) {
    const text = await options.metrics.metrics()
    response.writeHead(200, { 'content-type': options.metrics.contentType })
    response.end(text)
    return true
  }
  return false
}

async function readiness(options: HealthOptions): Promise<Readiness> {
  if (!options.ready) return { ready: true }
  try {
    return await options.ready()
  } catch {
    return { ready: false, reason: 'the readiness check failed' }
  }
}

export type HealthServer = { port: number; url: string; close: () => Promise<void> }

/**
 * A small HTTP server for services that have no API of their own.
 *
 * @param options.port 0 takes any free port; the answer tells which.
 */
export async function startHealthServer(
  options: HealthOptions & { port: number; host?: string },
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    handleHealth(request, response, options)
      .then((answered) => {
        if (!answered) sendJson(response, 404, { error: { code: 'NOT_FOUND', message: 'No such page.' } })
      })
      .catch(() => {
        if (!response.headersSent) sendJson(response, 500, { error: { code: 'INTERNAL', message: 'This failed.' } })
        else response.end()
      })
  })
  const host = options.host ?? '127.0.0.1'
  await listen(server, options.port, host)
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
