import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../../lib/db/migrate'
import { noFilter, withSchemaEngine } from '../../../lib/db/schemaEngine'
import { startPostgres, withClient, type TestPostgres } from '../../fixtures/postgres'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

/** Everything that the schema decides, as PostgreSQL has it. */
const CATALOG = [
  `SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default, numeric_precision, numeric_scale
   FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`,
  `SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2`,
  `SELECT c.conrelid::regclass::text AS on_table, c.conname, pg_get_constraintdef(c.oid) AS definition
   FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public' ORDER BY 1, 2`,
  `SELECT t.typname, e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid ORDER BY 1, e.enumsortorder`,
]

function catalog(url: string): Promise<unknown[]> {
  return withClient(url, async (client) => {
    const parts = []
    for (const query of CATALOG) {
      const { rows } = await client.query<Record<string, unknown>>(query)
      parts.push(rows.filter((row) => !JSON.stringify(row).includes('_prisma_migrations')))
    }
    return parts
  })
}

function schemaScript(url: string): Promise<string> {
  const content = readFileSync('prisma/schema.prisma', 'utf8')
  return withSchemaEngine(url, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
      script: true,
      exitCode: null,
      filters: noFilter,
    })
    if (!stdout) throw new Error('the engine gave no script')
    return stdout
  })
}

test('migrations lead to exactly the schema, and applying them again changes nothing', async () => {
  const [migrated, scratch] = await Promise.all([postgres.createDatabase(), postgres.createDatabase()])
  expect(await migrate(migrated)).not.toHaveLength(0)
  const script = await schemaScript(scratch)
  await withClient(scratch, (client) => client.query(script))
  const expected = await catalog(scratch)
  expect((expected[0] as unknown[]).length).toBeGreaterThan(80)
  expect(await catalog(migrated)).toEqual(expected)
  expect(await migrate(migrated)).toEqual([])
  expect(await catalog(migrated)).toEqual(expected)
})

test('a column added behind the schema’s back shows as drift', async () => {
  const url = await postgres.createDatabase()
  await migrate(url)
  const before = await catalog(url)
  await withClient(url, (client) => client.query('ALTER TABLE bids ADD COLUMN price bigint'))
  expect(await catalog(url)).not.toEqual(before)
})

test('two processes may migrate at once', async () => {
  const url = await postgres.createDatabase()
  const applied = await Promise.all([migrate(url), migrate(url)])
  const all = readdirSync('prisma/migrations').filter((name) => /^\d{14}_/.test(name))
  expect(applied.flat().sort()).toEqual(all.sort())
})

test('there is no column for anything that is sealed', async () => {
  const url = await postgres.createDatabase()
  await migrate(url)
  const { rows } = await withClient(url, (client) =>
    client.query<{ column_name: string }>(
      `SELECT table_name || '.' || column_name AS column_name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name ~ '(price|rho|quantity|secret|blinding)' ORDER BY 1`,
    ),
  )
  // Openings and clearing prices are on the chain in the clear by the time they are here.
  expect(rows.map((row) => row.column_name)).toEqual([
    'batch_settlements.clearing_price',
    'batches.clearing_price',
    'markets.last_price',
    'openings.price',
    'openings.quantity',
    'openings.rho',
    'settlements.clearing_price',
  ])
})

test('migrating an index of before the log checks empties it, to be read from the chain again, and says so', async () => {
  const url = await postgres.createDatabase()
  const sqlOf = (name: string) => readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8')
  await withClient(url, async (client) => {
    await client.query(sqlOf('20261122180000_initial'))
    await client.query(sqlOf('20261122211500_feed'))
    await client.query(`
      INSERT INTO blocks VALUES ('0xb1', 8, '0xb0', 100);
      INSERT INTO events VALUES ('0xb1', 0, 8, '0xc1', 'Deposited', NULL, '0xaa', NULL, '0xee', 5);
      INSERT INTO sync_state VALUES (1, 31337, 7, '0x0a', '0x0b', '0x0c', NULL, NULL, NULL, true, 8, '0xb1', 100, 9, 101, now());
      INSERT INTO feed (kind, account, block_number, block_hash) VALUES ('Deposited', '0xaa', 8, '0xb1')`)
    await client.query(sqlOf('20261122213000_log_checks_enclaves_leadership'))
    const rows = async (query: string) => (await client.query<Record<string, unknown>>(query)).rows
    expect(await rows('SELECT * FROM blocks')).toEqual([])
    expect(await rows('SELECT * FROM events')).toEqual([])
    expect(
      await rows('SELECT chain_id, start_block, block_number, block_hash, disputed_block FROM sync_state'),
    ).toEqual([{ chain_id: '31337', start_block: '7', block_number: null, block_hash: null, disputed_block: null }])
    expect(await rows('SELECT kind, block_number FROM feed ORDER BY id')).toEqual([
      { kind: 'Deposited', block_number: '8' },
      { kind: 'Rollback', block_number: '6' },
    ])
  })
})

test('migrating an index of before the order book empties it, keeps the bundles, and says so', async () => {
  const url = await postgres.createDatabase()
  const all = readdirSync('prisma/migrations')
    .filter((name) => /^\d{14}_/.test(name))
    .sort()
  const at = all.findIndex((name) => name.endsWith('_order_book'))
  const apply = (client: { query: (sql: string) => Promise<unknown> }, name: string) =>
    client.query(readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8'))
  await withClient(url, async (client) => {
    for (const name of all.slice(0, at)) await apply(client, name)
    await client.query(`
      INSERT INTO blocks (hash, number, parent_hash, time, log_count, log_check) VALUES ('0xb1', 8, '0xb0', 100, 1, 'VERIFIED');
      INSERT INTO events (block_hash, log_index, block_number, transaction_hash, kind, account, token, amount)
        VALUES ('0xb1', 0, 8, '0xc1', 'Deposited', '0xaa', '0xee', 5);
      INSERT INTO bundles (proof_hash, state, content, length, attempts, next_attempt_at)
        VALUES ('0xf1', 'FETCHED', 'proof', 5, 0, now());
      INSERT INTO sync_state (id, chain_id, start_block, auctions, registry, verifier, simulated, block_number, block_hash,
        block_time, head, head_time, updated_at)
        VALUES (1, 31337, 7, '0x0a', '0x0b', '0x0c', true, 8, '0xb1', 100, 9, 101, now());
      INSERT INTO feed (kind, account, block_number, block_hash) VALUES ('Deposited', '0xaa', 8, '0xb1')`)
    for (const name of all.slice(at)) await apply(client, name)
    const rows = async (query: string) => (await client.query<Record<string, unknown>>(query)).rows
    for (const table of ['blocks', 'events', 'sync_state'])
      expect(await rows(`SELECT * FROM ${table}`), table).toEqual([])
    // What is not on the chain stays, under the type's new name.
    expect(await rows('SELECT proof_hash, state, pg_typeof(state)::text AS type, length FROM bundles')).toEqual([
      { proof_hash: '0xf1', state: 'FETCHED', type: '"FileState"', length: 5 },
    ])
    expect(await rows('SELECT kind, block_number, market_id FROM feed ORDER BY id')).toEqual([
      { kind: 'Deposited', block_number: '8', market_id: null },
      { kind: 'Rollback', block_number: '6', market_id: null },
    ])
  })
})
