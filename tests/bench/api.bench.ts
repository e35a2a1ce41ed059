// The API of the built web server, over a real database with thousands of bids: requests a second and how long they take,
// and what a client saves that names what it has.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon, { type Result } from 'autocannon'
import { noteHead } from '../../lib/db/sync'
import { freePort, randomBasePort } from '../../lib/dev/ports'
import { startPostgres } from '../fixtures/postgres'
import { buildForTest, startWebServer } from '../integration/api/webServer'
import { openHouse } from '../integration/indexer/auctionHouse'
import { startLocalChain } from '../integration/indexer/localChain'
import { openIndex } from '../integration/indexer/testIndex'
import { fillChain } from './indexing/fillChain'
import { report } from './line'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '3' }, connections: { type: 'string', default: '10' } },
})
const SECONDS = Number(values.seconds)
const CONNECTIONS = Number(values.connections)
const FILLING = { auctions: 30, bidsEach: 100, bidsPerBlock: 100 }
const round = (value: number) => Number(value.toPrecision(4))

const build = await buildForTest()
const [postgres, chain] = await Promise.all([startPostgres(), startLocalChain(1)])
const house = await openHouse(chain)
const ids = await fillChain(chain, house, FILLING)
const index = await openIndex(postgres, house)
await index.sync()

/** As browsers ask. The ETag depends on it. */
const ENCODING = { 'accept-encoding': 'gzip' }

async function shoot(url: string, etag?: string): Promise<Result> {
  const headers = { ...ENCODING, ...(etag !== undefined && { 'if-none-match': etag }) }
  const fire = (duration: number) => autocannon({ url, connections: CONNECTIONS, duration, headers })
  // Code is compiled and connections are opened first.
  await fire(1)
  const result = await fire(SECONDS)
  const expected = etag === undefined ? '200' : '304'
  const others = Object.keys(result.statusCodeStats ?? {}).filter((status) => status !== expected)
  if (result.errors > 0 || others.length > 0) {
    throw new Error(`${url}: ${result.errors} errors, status ${others.join(', ')} where ${expected} was due`)
  }
  return result
}

async function measure(base: string, name: string, path: string): Promise<void> {
  const url = `${base}/api/v1${path}`
  const whole = await shoot(url)
  const answer = await fetch(url, { headers: ENCODING })
  const { length } = await answer.text()
  const etag = answer.headers.get('etag')
  if (!answer.ok || etag === null) throw new Error(`${url} answers ${answer.status}, with ETag ${etag}`)
  const unchanged = await shoot(url, etag)
  const about = {
    connections: CONNECTIONS,
    seconds: SECONDS,
    auctions: FILLING.auctions,
    bids: ids.length * FILLING.bidsEach,
  }
  const compare = (what: string, unit: string, value: number, baseline: number, ratio: number) => {
    const figures = { value: round(value), unit, baseline: round(baseline), ratio: round(ratio) }
    report({
      bench: 'api',
      case: `${name}: ${what}, against unchanged (304)`,
      ...figures,
      characters: length,
      ...about,
    })
  }
  const [slow, fast] = [whole.requests.average, unchanged.requests.average]
  compare('answers', 'requests a second', slow, fast, slow / fast)
  for (const quantile of ['p50', 'p99'] as const) {
    // Measured in whole milliseconds.
    const [value, baseline] = [whole, unchanged].map(({ latency }) => Math.max(latency[quantile], 0.5)) as [
      number,
      number,
    ]
    compare(quantile, 'ms', value, baseline, baseline / value)
  }
}

const deploymentFile = join(chain.directory, 'deployment.json')
writeFileSync(deploymentFile, JSON.stringify(house.deployment))
const server = await startWebServer(build.distDir, await freePort(randomBasePort()), {
  ...{ DATABASE_URL: index.url, RPC_URL: chain.rpcUrl, DEPLOYMENT_FILE: deploymentFile, LOG_LEVEL: 'silent' },
  // One address asks for all of it.
  API_RATE_PER_SECOND: '0',
})
// As a living indexer does; an index that nobody looks after grows old, and its answers change with its age.
const head = await house.connection.readBlock('latest')
const live = () => noteHead(index.db, null, { number: head.number, time: head.timestamp })
await live()
const beat = setInterval(() => void live(), 2_000)
try {
  const [id] = ids
  await measure(server.base, 'auctions', '/auctions')
  await measure(server.base, 'one auction', `/auctions/${id}`)
  await measure(server.base, 'bids of an auction', `/auctions/${id}/bids`)
  await measure(server.base, 'stats', '/stats')
} finally {
  clearInterval(beat)
  await server.end('SIGKILL')
  await index.close()
  await Promise.all([chain.stop(), postgres.stop()])
  build.release()
}
