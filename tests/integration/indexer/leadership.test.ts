import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../../lib/db/migrate'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { until } from '../../fixtures/until'
import { openHouse, type House } from './auctionHouse'
import { startIndexerProcess, type IndexerProcess } from './indexerProcess'
import { startLocalChain, type LocalChain } from './localChain'
import { dumpFreshIndex, dumpIndex } from './testIndex'

let postgres: TestPostgres
let chain: LocalChain
let house: House
let url: string
/** To look into the database at `url`. */
let client: pg.Client
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
  await client.end()
})

async function launch(env: Record<string, string> = {}): Promise<IndexerProcess> {
  const { deploymentFile } = house
  const indexer = await startIndexerProcess({ databaseUrl: url, rpcUrl: chain.rpcUrl, deploymentFile, env })
  started.push(indexer)
  return indexer
}

async function newDatabase(): Promise<void> {
  url = await postgres.createDatabase()
  await migrate(url)
  client = new pg.Client({ connectionString: url })
  await client.connect()
}

/** Two indexers on a new database: the first leads, the second stands by. */
async function twoIndexers(env: Record<string, string> = {}): Promise<[IndexerProcess, IndexerProcess]> {
  await newDatabase()
  const first = await launch(env)
  await until(async () => (await first.state())?.role === 'leader')
  const second = await launch()
  await until(async () => (await second.state())?.role === 'standby')
  return [first, second]
}

const query = async <Row extends object>(text: string) => (await client.query<Row>(text)).rows
const term = async () => Number((await query<{ term: string }>('SELECT term FROM leadership'))[0]?.term)
const indexedAll = async () => {
  const head = (await chain.client.getBlock()).hash
  return (await query<{ block_hash: string }>('SELECT block_hash FROM sync_state'))[0]?.block_hash === head
}

async function expectSameAsFresh(): Promise<void> {
  const fresh = await dumpFreshIndex(postgres, house)
  await until(async () => JSON.stringify(await dumpIndex(url)) === JSON.stringify(fresh))
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
  await until(async () => (await second.state())?.role === 'leader')
  await house.placeBid(auction, 5, 20)
  await until(indexedAll)
  expect(await term()).toBe(2)

  await query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted`)
  await until(async () => (await term()) === 3)
  await house.placeBid(auction, 6, 30)
  await until(indexedAll)
  await expectSameAsFresh()
  expect(await second.end('SIGTERM')).toBe(0)
})

test('a leader that is frozen in the middle of a block is followed, and writes nothing when it thaws', async () => {
  const [first, second] = await twoIndexers({ INDEXER_SILENCE_MS: '2000' })
  // The leader has to wait in the middle of the block, until it is frozen.
  await query(`CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(12); RETURN NEW; END';
    CREATE TRIGGER wait BEFORE INSERT ON leaves FOR EACH ROW EXECUTE FUNCTION wait()`)
  await query('SELECT pg_advisory_lock(12)')
  const auction = await house.createAuction()
  await house.placeBid(auction, 7, 10)
  await until(async () => (await query('SELECT 1 FROM pg_locks WHERE objid = 12 AND NOT granted')).length === 1)
  first.child.kill('SIGSTOP')
  await query('SELECT pg_advisory_unlock(12)')
  await until(async () => (await second.state())?.role === 'leader')
  await query('DROP FUNCTION wait CASCADE')
  await house.placeBid(auction, 8, 20)
  await until(indexedAll)
  expect(await term()).toBe(2)

  const before = await dumpIndex(url)
  const feedBefore = await query('SELECT count(*) FROM feed')
  first.child.kill('SIGCONT')
  await until(async () => (await first.state())?.role === 'standby')
  expect(await dumpIndex(url)).toEqual(before)
  expect(await query('SELECT count(*) FROM feed')).toEqual(feedBefore)
  expect(await term()).toBe(2)
  expect((await second.state())?.role).toBe('leader')
  await expectSameAsFresh()
})

test('killed again and again while the chain is reorganised, the index ends as a fresh one', async () => {
  await newDatabase()
  const auction = await house.createAuction()
  let seed = 7
  const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below
  const written = async () => Number((await query<{ last: string }>('SELECT max(id) AS last FROM feed'))[0]?.last)
  for (let round = 0; round < 3; round += 1) {
    const indexer = await launch()
    const before = await written()
    for (let account = 10; account < 13; account += 1) await house.placeBid(auction, account + 3 * round, account)
    await chain.client.request({ method: 'anvil_reorg' as never, params: [1 + random(3), []] as never })
    // Killed after so many changes of the index, or when there is nothing left to change.
    const moment = before + random(5)
    await until(async () => (await written()) >= moment || (await indexedAll()))
    await indexer.end('SIGKILL')
  }
  await launch()
  await until(indexedAll)
  await expectSameAsFresh()
})
