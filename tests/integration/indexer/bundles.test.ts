import { createServer, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { keccak256, toHex } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { GET as getBundle } from '../../../app/api/v1/bundles/[proofHash]/route'
import { GET as exportSettlements } from '../../../app/api/v1/settlements/export/route'
import { GET as listSettlements } from '../../../app/api/v1/settlements/route'
import { settlementExportSchema, settlementListResponseSchema } from '../../../app/api/v1/_schemas/settlement'
import { migrate } from '../../../lib/db/migrate'
import { BUNDLES } from '../../../lib/indexer/bundles/bundleSource'
import { fetchDueFiles } from '../../../lib/indexer/bundles/followFiles'
import { startPostgres, withClient, type TestPostgres } from '../../fixtures/postgres'
import { until } from '../../fixtures/until'
import { at, read, readError, url } from '../api/requests'
import { serveFrom } from '../api/serveFrom'
import { openHouse, type House } from './auctionHouse'
import { startIndexerProcess, type IndexerProcess } from './indexerProcess'
import { startLocalChain, type LocalChain } from './localChain'
import { openIndex } from './testIndex'

/** More than one part of the API's answer. */
const BYTES = new Uint8Array(2_500_000).map((_, index) => (index * 31) % 251)
const HASH = keccak256(BYTES)
const LIMITS = { maxBytes: BYTES.length, timeoutMs: 60_000 }

let postgres: TestPostgres
let chain: LocalChain
let house: House
let index: Awaited<ReturnType<typeof openIndex>>
let stopServing: () => Promise<void>
let server: Server
let enclaveUrl: string
let asked: string[]
let settle: () => Promise<unknown>
/** What time the fetcher takes it to be, Unix milliseconds. */
let now: number
/** What the enclave's server does with a request. */
let behave: (response: ServerResponse) => void
const processes: IndexerProcess[] = []

beforeAll(async () => {
  postgres = await startPostgres()
  // Blocks stay young enough to be taken back.
  chain = await startLocalChain(20)
  house = await openHouse(chain)
  const auction = await house.createAuction({ secondsOpen: 500 })
  const winner = await house.placeBid(auction, 4, 30)
  await house.moveTo(auction.params.closesAt)
  settle = () => house.settleFirstPrice(auction, winner, HASH)
  await settle()
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    behave(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  enclaveUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`
})
afterAll(async () => {
  for (const running of processes) await running.end('SIGKILL')
  server.closeAllConnections()
  server.close()
  await chain.stop()
  await postgres.stop()
})
beforeEach(async () => {
  asked = []
  behave = (response) => response.end(BYTES)
  index = await openIndex(postgres, house)
  await index.sync()
  now = Date.now()
  stopServing = serveFrom(index.url)
})
afterEach(async () => {
  await stopServing()
  await index.close()
})

function fetchRound(limits = LIMITS) {
  const { db, metrics } = index
  const context = { ...house, db, metrics, term: null, log: index.log, limits, enclaveUrl, clock: () => new Date(now) }
  return fetchDueFiles(context, BUNDLES, new AbortController().signal)
}
const row = () =>
  index.db.bundle.findUnique({ where: { proofHash: HASH }, select: { state: true, attempts: true, reason: true } })
const settlements = (query = '') => read(settlementListResponseSchema, listSettlements(url(`settlements?${query}`)))
const bundle = (hash: string, headers = {}) =>
  getBundle(new Request(`http://subrosa.test/api/v1/bundles/${hash}`, { headers }), at({ proofHash: hash }))
const etag = async () => (await listSettlements(url('settlements'))).headers.get('etag')

test('a bundle with the right hash is kept, shown and served', async () => {
  expect((await settlements('proof=missing')).settlements[0]?.proof).toEqual({
    state: 'missing',
    bytes: null,
    url: null,
  })
  expect(await readError(bundle(HASH))).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  const before = await etag()
  await fetchRound()
  expect(asked).toEqual([`/base/bundles/${HASH}`])
  const { settlements: shown } = await settlements('proof=available')
  expect(shown[0]?.proof).toEqual({ state: 'available', bytes: BYTES.length, url: `/api/v1/bundles/${HASH}` })
  expect((await settlements('proof=missing')).settlements).toEqual([])
  // What readers kept is old, though no block came.
  expect(await etag()).not.toBe(before)

  const served = await bundle(HASH.toUpperCase().replace('0X', '0x'))
  expect(Buffer.from(await served.arrayBuffer()).equals(BYTES)).toBe(true)
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': String(BYTES.length),
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect((await bundle(HASH, { 'if-none-match': served.headers.get('etag') })).status).toBe(304)
  // Nothing is asked for twice.
  await fetchRound()
  expect(asked).toHaveLength(1)
})

test.each([
  ['nothing there', (response: ServerResponse) => response.writeHead(404).end(), 'MISSING', 'HTTP 404'],
  ['other bytes', (response: ServerResponse) => response.end('other'), 'WRONG_HASH', keccak256(toHex('other'))],
  ['too many bytes', (response: ServerResponse) => response.end(Buffer.concat([BYTES, BYTES])), 'TOO_LONG', 'longer'],
  ['no end', (response: ServerResponse) => response.write('slow'), 'MISSING', 'no whole answer in 300 ms'],
  [
    'elsewhere',
    (response: ServerResponse) => response.writeHead(302, { location: '/other' }).end(),
    'MISSING',
    'redirect',
  ],
  ['a broken line', (response: ServerResponse) => response.destroy(), 'MISSING', ''],
])('%s: not kept, and asked for again later, until it is there', async (_what, misbehave, state, reason) => {
  behave = misbehave
  // Nothing else is waited for than an answer without an end.
  await fetchRound(reason.includes('300 ms') ? { ...LIMITS, timeoutMs: 300 } : LIMITS)
  expect(await row()).toMatchObject({ state, attempts: 1 })
  expect((await row())?.reason).toContain(reason)
  expect((await settlements()).settlements[0]?.proof.state).toBe('missing')
  expect((await bundle(HASH)).status).toBe(404)
  expect(asked).toHaveLength(1)
  behave = (response) => response.end(BYTES)
  // Not yet due.
  now += 999
  await fetchRound()
  expect(asked).toHaveLength(1)
  now += 1
  await fetchRound()
  expect((await settlements()).settlements[0]?.proof.state).toBe('available')
})

test('a settlement that is taken back hides its bundle; when it comes again, nobody is asked for it again', async () => {
  await fetchRound()
  await chain.client.request({ method: 'anvil_reorg' as never, params: [1, []] as never })
  await index.sync()
  expect((await settlements()).settlements).toEqual([])
  expect((await bundle(HASH)).status).toBe(404)
  await settle()
  await index.sync()
  expect((await settlements()).settlements[0]?.proof.state).toBe('missing')
  await fetchRound()
  expect((await settlements()).settlements[0]?.proof.state).toBe('available')
  expect(asked).toHaveLength(1)
})

test('exports hold every settlement, with its block', async () => {
  await fetchRound()
  const ask = (query: string) => exportSettlements(url(`settlements/export?${query}`))
  const json = await read(settlementExportSchema, ask('format=json'))
  expect(json.settlements).toEqual((await settlements()).settlements)
  const csv = await ask('')
  expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="subrosa-settlements-31337-\d+\.csv"$/)
  const [names, cells, rest] = (await csv.text()).split('\r\n')
  const cell = (name: string) => cells?.split(',')[names!.split(',').indexOf(name)]
  const { origin } = json.settlements[0]!
  expect([cell('blockHash'), cell('proofHash'), cell('proof')]).toEqual([origin.blockHash, HASH, 'available'])
  expect(rest).toBe('')
  expect(await (await ask('proof=none&format=json')).json()).toEqual({ settlements: [] })
  expect(await readError(ask('format=xls'))).toMatchObject({ status: 400, field: 'format' })
})

test('an indexer that is killed while it waits for a bundle gets it after its restart', async () => {
  behave = (response) => response.write('slow')
  const database = await postgres.createDatabase()
  await migrate(database)
  const launch = async () => {
    const { deploymentFile } = house
    const options = { databaseUrl: database, rpcUrl: chain.rpcUrl, deploymentFile, enclaveUrl }
    const launched = await startIndexerProcess(options)
    processes.push(launched)
    return launched
  }
  const first = await launch()
  await until(() => Promise.resolve(asked.length === 1))
  await first.end('SIGKILL')
  behave = (response) => response.end(BYTES)
  const second = await launch()
  const available = 'subrosa_indexer_bundles{state="available",service="indexer"} 1'
  await until(async () => (await second.metrics())?.includes(available) === true)
  const state = 'SELECT state FROM bundles'
  const { rows } = await withClient(database, (client) => client.query<{ state: string }>(state))
  expect(rows).toEqual([{ state: 'FETCHED' }])
  expect(second.output()).toMatch('bundle fetched')
  expect(await second.end('SIGTERM')).toBe(0)
})
