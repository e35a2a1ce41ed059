import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../../lib/db/migrate'
import { startPostgres, withClient, type TestPostgres } from '../../fixtures/postgres'
import { openHouse, type House } from './auctionHouse'
import { freePort, startLocalChain, type LocalChain } from './localChain'
import { dumpFreshIndex, dumpIndex } from './testIndex'

let postgres: TestPostgres
let chain: LocalChain
let house: House
const started: ChildProcess[] = []

beforeAll(async () => {
  postgres = await startPostgres()
  chain = await startLocalChain(1)
  house = await openHouse(chain)
})
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await chain.stop()
  await postgres.stop()
})

function launch(url: string, port: number, served = { chain, house }): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/indexer/main.ts'], {
    env: {
      ...process.env,
      RPC_URL: served.chain.rpcUrl,
      DATABASE_URL: url,
      DEPLOYMENT_FILE: served.house.deploymentFile,
      INDEXER_PORT: `${port}`,
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, output: () => text }
}

async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (
    const deadline = Date.now() + 40_000;
    Date.now() < deadline;
    await new Promise((resolve) => setTimeout(resolve, 20))
  ) {
    if (await condition()) return
  }
  throw new Error(`waited in vain until ${what}`)
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
  const port = await freePort()

  // Slowed down, so that there is a middle to be killed in.
  await withClient(url, (client) =>
    client.query(`CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END';
      CREATE TRIGGER dawdle BEFORE INSERT ON leaves FOR EACH ROW EXECUTE FUNCTION dawdle()`),
  )
  const first = launch(url, port)
  await until('some leaves are in', async () => (await countLeaves(url)) > 2)
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  const atKill = await countLeaves(url)
  expect(atKill).toBeLessThan(24)
  await withClient(url, (client) => client.query('DROP FUNCTION dawdle CASCADE'))

  const second = launch(url, port)
  const ready = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined)
    return response?.status === 200 && (await countLeaves(url)) === 24
  }
  await until('the index is whole', ready)
  const state = (await (await fetch(`http://127.0.0.1:${port}/ready`)).json()) as Record<string, unknown>
  expect(state).toMatchObject({ ready: true, lagBlocks: 0, mismatches: 0 })
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200)
  await until(
    'the auction is verified',
    async () => (await dumpIndex(url)).auctions?.[0]?.includes('VERIFIED') === true,
  )
  expect(await dumpIndex(url)).toEqual(await dumpFreshIndex(postgres, house))

  second.child.kill('SIGTERM')
  const [code] = (await once(second.child, 'exit')) as [number | null]
  expect(code).toBe(0)
  expect(second.output()).toContain('indexer stopping')
  expect(second.output()).not.toContain(url)
}, 90_000)

test('a chain that goes away makes it not ready, not dead', async () => {
  const url = await postgres.createDatabase()
  await migrate(url)
  const other = await startLocalChain(1)
  const otherHouse = await openHouse(other)
  const port = await freePort()
  const { child, output } = launch(url, port, { chain: other, house: otherHouse })
  await until(
    'it is ready',
    async () => (await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined))?.status === 200,
  )
  await other.stop()
  await until('it says so', () => output().includes('a round of indexing failed'))
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200)
  expect(child.exitCode).toBeNull()
  child.kill('SIGTERM')
  const [code] = (await once(child, 'exit')) as [number | null]
  expect(code).toBe(0)
}, 90_000)
