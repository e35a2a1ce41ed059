import { afterEach, describe, expect, it } from 'vitest'
import { createMetrics, startHealthServer, type HealthServer, type Readiness } from '../../../lib/observe/health'

let server: HealthServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

async function get(path: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${server?.url}${path}`)
  return { status: response.status, text: await response.text() }
}

describe('startHealthServer', () => {
  it('answers health, readiness, metrics, and nothing else', async () => {
    let state: Readiness = { ready: false, behind: 12n }
    server = await startHealthServer({
      service: 'keeper',
      port: 0,
      ready: () => state,
      metrics: createMetrics('keeper'),
    })

    expect(await get('/health')).toMatchObject({ status: 200 })
    expect(await get('/ready')).toEqual({ status: 503, text: '{"service":"keeper","ready":false,"behind":"12"}' })
    state = { ready: true }
    expect(await get('/ready')).toEqual({ status: 200, text: '{"service":"keeper","ready":true}' })
    expect((await get('/metrics')).text).toContain('process_cpu_seconds_total{service="keeper"}')
    expect((await get('/secrets')).status).toBe(404)
    expect((await fetch(`${server.url}/health`, { method: 'POST' })).status).toBe(404)
  })

  it('is not ready when the check throws, and keeps the reason to itself', async () => {
    const ready = () => Promise.reject(new Error('postgres://user:password@host refused'))
    server = await startHealthServer({ service: 'indexer', port: 0, ready })
    const answer = await get('/ready')
    expect(answer.status).toBe(503)
    expect(answer.text).not.toContain('password')
  })
})
