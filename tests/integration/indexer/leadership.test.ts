import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../../lib/db/migrate'
import { startPostgres, withClient, type TestPostgres } from '../../fixtures/postgres'
import { until } from '../../fixtures/until'
import { openHouse, type House } from './auctionHouse'
import { launchIndexer, type IndexerProcess } from './indexerProcess'
import { freePort, startLocalChain, type LocalChain } from './localChain'
import { dumpFreshIndex, dumpIndex } from './testIndex'

const WAIT_MS = 60_000

let postgres: TestPostgres
let chain: LocalChain
let house: House
let url: string
const started: IndexerProcess[] = []

beforeAll(async () => {
  postgres = await startPostgres()
  chain = await startLocalChain(1)
  house = await openHouse(chain)
})
afterAll(async () => {
  await chain.stop()
  await postgres.stop()
})
afterEach(async () => {
  for (const indexer of started.splice(0)) await indexer.end('SIGKILL')
})

async function launch(): Promise<IndexerProcess> {
  const { rpcUrl } = chain
  const indexer = launchIndexer({ url, port: await freePort(), rpcUrl, deploymentFile: house.deploymentFile })
  started.push(indexer)
  return indexer
}

/** Two indexers on a new database: the first leads, the second stands by. */
async function twoIndexers(): Promise<[IndexerProcess, IndexerProcess]> {
  url = await postgres.createDatabase()
  await migrate(url)
  const first = await launch()
  await until(async () => (await first.state())?.role === 'leader', WAIT_MS)
  const second = await launch()
  await until(async () => (await second.state())?.role === 'standby', WAIT_MS)
  return [first, second]
}

const query = <Row extends object>(text: string) =>
  withClient(url, async (client) => (await client.query<Row>(text)).rows)
const term = async () => Number((await query<{ term: string }>('SELECT term FROM leadership'))[0]?.term)
const indexedAll = async () => {
  const head = (await chain.client.getBlock()).hash
  return (await query<{ block_hash: string }>('SELECT block_hash FROM sync_state'))[0]?.block_hash === head
}

async function expectSameAsFresh(): Promise<void> {
  const fresh = await dumpFreshIndex(postgres, house)
  await until(async () => JSON.stringify(await dumpIndex(url)) === JSON.stringify(fresh), WAIT_MS)
}

test('one leads; killed, it is followed by the other, which also outlives a cut connection', async () => {
  const [first, second] = await twoIndexers()
  expect(await first.state()).toMatchObject({ role: 'leader' })
  expect(await second.metrics()).toMatch(/subrosa_indexer_leader\{[^}]*\} 0/)
  expect(await first.metrics()).toMatch(/subrosa_indexer_leader\{[^}]*\} 1/)
  const auction = await house.createAuction()
  await house.placeBid(auction, 4, 10)
  expect(await term()).toBe(1)

  await first.end('SIGKILL')
  await until(async () => (await second.state())?.role === 'leader', WAIT_MS)
  await house.placeBid(auction, 5, 20)
  await until(indexedAll, WAIT_MS)
  expect(await term()).toBe(2)

  await query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'`)
  await until(async () => (await term()) === 3, WAIT_MS)
  await house.placeBid(auction, 6, 30)
  await until(indexedAll, WAIT_MS)
  await expectSameAsFresh()
  expect(await second.end('SIGTERM')).toBe(0)
}, 180_000)

test('a leader that is frozen in the middle of a block is followed, and writes nothing when it thaws', async () => {
  const [first, second] = await twoIndexers()
  await query(`CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1); RETURN NEW; END';
    CREATE TRIGGER dawdle BEFORE INSERT ON leaves FOR EACH ROW EXECUTE FUNCTION dawdle()`)
  const auction = await house.createAuction()
  await house.placeBid(auction, 7, 10)
  await until(async () => {
    const busy = await query(`SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'`)
    return busy.length > 0
  }, WAIT_MS)
  first.signal('SIGSTOP')
  await until(async () => (await second.state())?.role === 'leader', WAIT_MS)
  await query('DROP FUNCTION dawdle CASCADE')
  await house.placeBid(auction, 8, 20)
  await until(indexedAll, WAIT_MS)
  expect(await term()).toBe(2)

  const before = await dumpIndex(url)
  const feedBefore = await query('SELECT count(*) FROM feed')
  first.signal('SIGCONT')
  await until(async () => (await first.state())?.role === 'standby', WAIT_MS)
  expect(await dumpIndex(url)).toEqual(before)
  expect(await query('SELECT count(*) FROM feed')).toEqual(feedBefore)
  expect(await term()).toBe(2)
  expect((await second.state())?.role).toBe('leader')
  await expectSameAsFresh()
}, 180_000)

test('killed again and again while the chain is reorganised, the index ends as a fresh one', async () => {
  url = await postgres.createDatabase()
  await migrate(url)
  const auction = await house.createAuction()
  let seed = 7
  const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below
  for (let round = 0; round < 3; round += 1) {
    const indexer = await launch()
    // Moments are counted from when it first answers: starting takes a second or more.
    await until(async () => (await indexer.state()) !== undefined, WAIT_MS)
    for (let account = 10; account < 13; account += 1) await house.placeBid(auction, account + 3 * round, account)
    await chain.client.request({ method: 'anvil_reorg' as never, params: [1 + random(3), []] as never })
    await new Promise((resolve) => setTimeout(resolve, random(700)))
    await indexer.end('SIGKILL')
  }
  await launch()
  await until(indexedAll, WAIT_MS)
  await expectSameAsFresh()
}, 180_000)
