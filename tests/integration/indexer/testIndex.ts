import { pino } from 'pino'
import { Registry } from 'prom-client'
import type { ChainConnection } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { closeDatabase, openDatabase } from '../../../lib/db/client'
import { migrate } from '../../../lib/db/migrate'
import { beginIndexing } from '../../../lib/indexer/beginIndexing'
import { newMemory } from '../../../lib/indexer/memory'
import { createIndexerMetrics } from '../../../lib/indexer/metrics'
import { syncToHead } from '../../../lib/indexer/syncToHead'
import { withClient, type TestPostgres } from '../../fixtures/postgres'

const TABLES = [
  ...['auctions', 'leaves', 'bids', 'settlements', 'winners', 'openings', 'claims', 'events'],
  ...['markets', 'batches', 'book_leaves', 'batch_settlements', 'fills', 'batch_ends', 'strikes'],
  ...['margin_changes', 'traders'],
  ...['enclave_keys', 'enclave_signers', 'enclave_retirements', 'enclave_revocations'],
]

/** An index in a database of its own, moved on by hand. `logged` collects what the indexer logs. */
export async function openIndex(
  postgres: TestPostgres,
  chain: { connection: ChainConnection; deployment: Deployment },
) {
  const url = await postgres.createDatabase()
  await migrate(url)
  const db = openDatabase(url, { maxConnections: 3 })
  await beginIndexing({ ...chain, db, term: null })
  const logged: { level: string; msg: string }[] = []
  const log = pino(
    { formatters: { level: (level) => ({ level }) } },
    { write: (line: string) => void logged.push(JSON.parse(line) as (typeof logged)[number]) },
  )
  const memory = newMemory()
  const metrics = createIndexerMetrics(new Registry())
  return {
    url,
    db,
    logged,
    log,
    memory,
    metrics,
    sync: async (connection: ChainConnection = chain.connection) => {
      await syncToHead({ ...chain, connection, db, term: null, log, metrics, isStopping: () => false }, memory)
    },
    close: () => closeDatabase(db),
  }
}

/**
 * Every row that comes from the chain, as text in a fixed order. Blocks without events are left out: which of them are
 * stored depends on when the indexer looked.
 */
export async function dumpIndex(url: string): Promise<Record<string, string[]>> {
  return withClient(url, async (client) => {
    const dump: Record<string, string[]> = {}
    for (const table of TABLES) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t ORDER BY 1`)
      dump[table] = rows.map(({ row }) => row)
    }
    const blocks = 'SELECT b::text AS row FROM blocks b WHERE log_count > 0 ORDER BY 1'
    dump.blocks = (await client.query<{ row: string }>(blocks)).rows.map(({ row }) => row)
    const cursor = 'SELECT (block_number, block_hash, block_time)::text AS row FROM sync_state'
    dump.cursor = (await client.query<{ row: string }>(cursor)).rows.map(({ row }) => row)
    return dump
  })
}

/** What an index has that starts now, from nothing. */
export async function dumpFreshIndex(
  postgres: TestPostgres,
  chain: { connection: ChainConnection; deployment: Deployment },
): Promise<Record<string, string[]>> {
  const fresh = await openIndex(postgres, chain)
  try {
    await fresh.sync()
    return await dumpIndex(fresh.url)
  } finally {
    await fresh.close()
  }
}
