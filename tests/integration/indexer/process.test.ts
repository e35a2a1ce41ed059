import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../../lib/db/migrate'
import { startPostgres, withClient, type TestPostgres } from '../../fixtures/postgres'
import { until } from '../../fixtures/until'
import { openHouse, type House } from './auctionHouse'
import { startIndexerProcess, type IndexerProcess } from './indexerProcess'
import { startLocalChain, type LocalChain } from './localChain'
import { dumpFreshIndex, dumpIndex } from './testIndex'

let postgres: TestPostgres
let chain: LocalChain
let house: House
const started: IndexerProcess[] = []

beforeAll(async () => {
  postgres = await startPostgres()
  chain = await startLocalChain(1)
  house = await openHouse(chain)
})
afterAll(async () => {
  for (const indexer of started) await indexer.end('SIGKILL')
  await chain.stop()
  await postgres.stop()
})

async function launch(url: string, served = { chain, house }): Promise<IndexerProcess> {
  const { deploymentFile } = served.house
  const indexer = await startIndexerProcess({ databaseUrl: url, rpcUrl: served.chain.rpcUrl, deploymentFile })
  started.push(indexer)
  return indexer
}

const countLeaves = (url: string) =>
  withClient(url, async (client) =>
    Number((await client.query<{ n: string }>('SELECT count(*) AS n FROM leaves')).rows[0]?.n),
  )

test('killed in the middle, the indexer resumes and ends with the same rows; then it stops when asked', async () => {
  const auction = await house.createAuction()
  for (let account = 4; account < 28; account += 1) await house.placeBid(auction, account, account)
  const url = await postgres.createDatabase()
  await migrate(url)

  // Halfway through, it has to wait: there is a middle to be killed in.
  const hold = new pg.Client({ connectionString: url })
  await hold.connect()
  await hold.query(`CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(12); RETURN NEW; END';
    CREATE TRIGGER wait BEFORE INSERT ON leaves FOR EACH ROW WHEN (NEW.seq = 12) EXECUTE FUNCTION wait()`)
  await hold.query('SELECT pg_advisory_lock(12)')
  const first = await launch(url)
  await until(async () => (await hold.query('SELECT 1 FROM pg_locks WHERE objid = 12 AND NOT granted')).rowCount === 1)
  await first.end('SIGKILL')
  expect(await countLeaves(url)).toBe(12)
  await hold.query('SELECT pg_advisory_unlock(12)')
  await hold.query('DROP FUNCTION wait CASCADE')
  await hold.end()

  const second = await launch(url)
  await until(async () => (await second.state())?.ready === true && (await countLeaves(url)) === 24)
  expect(await second.state()).toMatchObject({ ready: true, lagBlocks: 0, mismatches: 0 })
  expect((await fetch(`${second.url}/health`)).status).toBe(200)
  await until(async () => (await dumpIndex(url)).auctions?.[0]?.includes('VERIFIED') === true)
  expect(await dumpIndex(url)).toEqual(await dumpFreshIndex(postgres, house))

  expect(await second.end('SIGTERM')).toBe(0)
  expect(second.output()).toContain('indexer stopping')
  expect(second.output()).not.toContain(url)
})

test('a chain that goes away makes it not ready, not dead', async () => {
  const url = await postgres.createDatabase()
  await migrate(url)
  const other = await startLocalChain(1)
  const otherHouse = await openHouse(other)
  const indexer = await launch(url, { chain: other, house: otherHouse })
  await until(async () => (await indexer.state())?.ready === true)
  await other.stop()
  await until(() => Promise.resolve(indexer.output().includes('a round of indexing failed')))
  expect((await fetch(`${indexer.url}/health`)).status).toBe(200)
  expect(indexer.child.exitCode).toBeNull()
  expect(await indexer.end('SIGTERM')).toBe(0)
})
