import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { GET as ready } from '../../../app/api/ready/route'
import { GET as getStatus } from '../../../app/api/v1/status/route'
import { GET as getStream } from '../../../app/api/v1/stream/route'
import { freePort, randomBasePort } from '../../../lib/dev/ports'
import { captureLog } from '../../fixtures/captureLog'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { until } from '../../fixtures/until'
import { openHouse, type House } from '../indexer/auctionHouse'
import { startLocalChain, type LocalChain } from '../indexer/localChain'
import { openIndex } from '../indexer/testIndex'
import { openClient } from './eventClient'
import { readError, url } from './requests'
import { serveFrom } from './serveFrom'

let postgres: TestPostgres
let chain: LocalChain
let house: House
let index: Awaited<ReturnType<typeof openIndex>>
let stopServing: () => Promise<void>
let gate: Awaited<ReturnType<typeof openGate>>

/** A way to the database that can be cut, while the indexer's own stays. */
async function openGate(target: number) {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => undefined)
      from.once('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  // Not one that a connection of anybody's may be given while nobody listens.
  const port = await freePort(randomBasePort())
  await listen(port)
  const cut = async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { port, cut, restore: () => listen(port) }
}

beforeAll(async () => {
  postgres = await startPostgres()
  chain = await startLocalChain(1)
  house = await openHouse(chain)
  index = await openIndex(postgres, house)
  await index.sync()
  const address = new URL(index.url)
  gate = await openGate(Number(address.port))
  address.port = String(gate.port)
  stopServing = serveFrom(address.href)
})
afterAll(async () => {
  await stopServing()
  await gate.cut()
  await index.close()
  await chain.stop()
  await postgres.stop()
})

test('away: 503 and when to ask again; back: everything goes on, open streams too', async () => {
  const client = await openClient(getStream, '')
  expect((await getStatus(url('status'))).status).toBe(200)
  const log = captureLog()
  onTestFinished(log.release)
  await gate.cut()

  const refused = await getStatus(url('status'))
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  const error = await readError(Promise.resolve(refused))
  expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  expect(error.message).not.toMatch(/127\.0\.0\.1|postgres|prisma|ECONN/i)
  expect(await readError(getStream(url('stream')))).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' })
  const unready = await ready()
  expect([unready.status, await unready.json()]).toMatchObject([503, { ready: false }])

  // What is indexed meanwhile reaches who stayed.
  await house.createAuction()
  await index.sync()
  await gate.restore()
  await until(async () => (await getStatus(url('status'))).status === 200)
  expect((await ready()).status).toBe(200)
  await until(() => Promise.resolve(client.kinds().includes('AuctionCreated')))
  client.leave()
  const said = log.lines().map(({ level, service, msg }) => `${level} ${service} ${msg}`)
  const feed = ['warn api the feed cannot be listened to', 'warn api the feed cannot be read']
  expect(said).toEqual(expect.arrayContaining(['error api request failed', feed[0]]))
  expect(said.filter((line) => ![...feed, 'error api request failed'].includes(line))).toEqual([])
})
