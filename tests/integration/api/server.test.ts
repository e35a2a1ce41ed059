import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auctionListResponseSchema } from '../../../app/api/v1/_schemas/auction'
import { pollResponseSchema } from '../../../app/api/v1/_schemas/stream'
import { freePort, randomBasePort } from '../../../lib/dev/ports'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { until } from '../../fixtures/until'
import { openHouse, type House } from '../indexer/auctionHouse'
import { startLocalChain, type LocalChain } from '../indexer/localChain'
import { openIndex } from '../indexer/testIndex'
import { openClient } from './eventClient'
import { readError } from './requests'
import { buildForTest, startWebServer } from './webServer'

let postgres: TestPostgres
let chain: LocalChain
let house: House
let index: Awaited<ReturnType<typeof openIndex>>
let build: Awaited<ReturnType<typeof buildForTest>>
let server: Awaited<ReturnType<typeof startWebServer>> | undefined
let port: number
let metricsPort: number

const start = async (env: Record<string, string> = {}) => {
  const deployment = join(chain.directory, 'deployment.json')
  writeFileSync(deployment, JSON.stringify(house.deployment))
  return startWebServer(build.distDir, port, {
    ...{ DATABASE_URL: index.url, RPC_URL: chain.rpcUrl, DEPLOYMENT_FILE: deployment, LOG_LEVEL: 'silent' },
    ...{ WEB_METRICS_PORT: `${metricsPort}`, API_RATE_PER_SECOND: '0.01', API_RATE_BURST: '60' },
    ...env,
  })
}

beforeAll(async () => {
  build = await buildForTest()
  postgres = await startPostgres()
  chain = await startLocalChain(1)
  house = await openHouse(chain)
  index = await openIndex(postgres, house)
  await index.sync()
  ;[port, metricsPort] = [await freePort(randomBasePort()), await freePort(randomBasePort())]
  server = await start()
})
afterAll(async () => {
  await server?.end('SIGKILL')
  await index.close()
  await chain.stop()
  await postgres.stop()
  build.release()
})

const base = () => `http://127.0.0.1:${port}`
const connect = (query = '', lastEventId?: string) => openClient(fetch, query, lastEventId, base())
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${base()}/api/v1${path}`, { headers })

test('streams unbuffered, and goes on after kill -9 without losing or repeating anything', async () => {
  const client = await connect()
  await until(() => Promise.resolve(client.lastEventId() !== ''))
  const begin = client.lastEventId()
  const auction = await house.createAuction()
  await house.placeBid(auction, 4, 10)
  await index.sync()
  await until(() => Promise.resolve(client.kinds().includes('BidPlaced')))

  await server!.end('SIGKILL')
  await client.ended
  await house.placeBid(auction, 5, 11)
  await index.sync()
  server = await start()
  const resumed = await connect('', client.lastEventId())
  await house.placeBid(auction, 6, 12)
  await index.sync()
  await until(() => Promise.resolve(resumed.kinds().filter((kind) => kind === 'BidPlaced').length === 2))
  resumed.leave()

  const told = [...client.events, ...resumed.events].map(({ id }) => id)
  const all = pollResponseSchema.parse(await (await get(`/stream/poll?after=${begin}`)).json())
  expect(told).toEqual(all.events.map(({ id }) => id))
})

test('SIGTERM ends the streams, and then the process by itself', async () => {
  const client = await connect()
  const code = await server!.end('SIGTERM')
  await client.ended
  // As Next says that it was asked to.
  expect(code).toBe(143)
  server = await start()
})

test('answers with ETags, preflights, and JSON where there is nothing', async () => {
  // What changes by itself is the age of the index, in steps of 15 s: two requests may stand on either side of one.
  const twice = async () => {
    const first = await get('/auctions')
    auctionListResponseSchema.parse(await first.json())
    return (await get('/auctions', { 'if-none-match': first.headers.get('etag')! })).status
  }
  await expect.poll(twice, { timeout: 120_000 }).toBe(304)
  const preflight = await fetch(`${base()}/api/v1/auctions`, { method: 'OPTIONS' })
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  expect(await readError(get('/no/such/thing'))).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  expect((await fetch(`${base()}/api/v1/auctions`, { method: 'POST' })).status).toBe(405)
  expect((await fetch(`${base()}/api/ready`)).status).toBe(200)
})

test('the page to read it needs no script, and the footer leads there', async () => {
  const html = await (await fetch(`${base()}/api-docs`)).text()
  for (const text of ['/auctions/{id}/bids', 'listSettlements', 'shape-AuctionDetail']) expect(html).toContain(text)
  expect(await (await fetch(base())).text()).toContain('href="/api-docs"')
})

test('limits each address, whatever it says it is; metrics are elsewhere', async () => {
  const answers = await Promise.all(
    Array.from({ length: 80 }, (_unused, n) =>
      get('/status', { 'x-forwarded-for': `10.0.0.${n}`, 'x-subrosa-client': `10.0.1.${n}` }),
    ),
  )
  const refused = answers.find(({ status }) => status === 429)!
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await readError(Promise.resolve(refused))).toMatchObject({ code: 'RATE_LIMITED' })

  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  expect(metrics).toMatch(/subrosa_http_requests_total\{[^}]*route="\/api\/v1\/status"[^}]*status="429"[^}]*\} \d+/)
  expect(metrics).toMatch(/subrosa_open_streams\{[^}]*\} 0/)
  expect((await fetch(`${base()}/metrics`)).status).toBe(404)
})
