import { afterAll, beforeAll, expect, test } from 'vitest'
import { statusResponseSchema } from '../../../app/api/v1/_schemas/status'
import { GET as getStatus } from '../../../app/api/v1/status/route'
import { applyBlock, type BlockRow } from '../../../lib/db/blocks'
import { closeDatabase, openDatabase, type Database } from '../../../lib/db/client'
import { noRows } from '../../../lib/db/insertRows'
import { migrate } from '../../../lib/db/migrate'
import { beginSync, noteDispute } from '../../../lib/db/sync'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { ADDRESS, DOMAIN, hash } from '../db/events'
import { read, url } from './requests'
import { serveFrom } from './serveFrom'

let postgres: TestPostgres
let db: Database
let stopServing: () => Promise<void>

beforeAll(async () => {
  postgres = await startPostgres()
  const location = await postgres.createDatabase()
  await migrate(location)
  stopServing = serveFrom(location)
  db = openDatabase(location, { maxConnections: 2 })
  const { registry, other: verifier } = ADDRESS
  const contracts = {
    auctions: DOMAIN.contract,
    registry,
    verifier,
    book: ADDRESS.other,
    demoToken: null,
    demoBase: null,
    demoLots: null,
    demoEditions: null,
  }
  const target = { chainId: DOMAIN.chainId, startBlock: 1n, ...contracts, simulated: true }
  await beginSync(db, null, target, { number: 9n, time: 90n })
})
afterAll(async () => {
  await stopServing()
  await closeDatabase(db)
  await postgres.stop()
})

const status = () => read(statusResponseSchema, getStatus(url('status')))
const block = (number: number, logCheck: BlockRow['logCheck']): BlockRow => {
  const place = { number: BigInt(number), hash: hash(number), parentHash: hash(number - 1), time: BigInt(number) }
  return { ...place, logCount: 0, logCheck }
}

test('the status tells of blocks about which the node contradicts itself: indexed, and waited for', async () => {
  await applyBlock(db, null, block(1, 'VERIFIED'), noRows(), null)
  expect(await status()).toMatchObject({ disputedBlocks: 0, disputedBlock: null })

  const etag = (await getStatus(url('status'))).headers.get('etag')!
  await noteDispute(db, null, 2n)
  expect(await status()).toMatchObject({ disputedBlocks: 0, disputedBlock: 2, index: { blockNumber: 1 } })
  const again = new Request(url('status'), { headers: { 'if-none-match': etag } })
  expect((await getStatus(again)).status).toBe(200)

  await applyBlock(db, null, block(2, 'DISPUTED'), noRows(), hash(1))
  await noteDispute(db, null, null)
  expect(await status()).toMatchObject({ disputedBlocks: 1, disputedBlock: null, index: { blockNumber: 2 } })
})
