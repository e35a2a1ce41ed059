import { strict as assert } from 'node:assert'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Deployment } from '../../lib/chain/deployment'
import { closeDatabase, openDatabase, type Database } from '../../lib/db/client'
import { migrate } from '../../lib/db/migrate'
import { startHubGate } from '../fixtures/hubGate'
import { startKeeperProcess } from '../fixtures/keeperProcess'
import type { ProgramProcess } from '../fixtures/programProcess'
import { startPostgres } from '../fixtures/postgres'
import { startIndexerProcess, type IndexerProcess } from '../integration/indexer/indexerProcess'
import { timed } from './figures'
import { keyOf } from './people'

/** The keeper and the indexer as operators run them, each a process of its own over the Hub's endpoint. */
export type Services = {
  db: Database
  keeper: ProgramProcess
  indexer: IndexerProcess
  /** Breaks their connections to the node. */
  cut: () => void
  close: () => Promise<void>
}

export async function startServices(hubUrl: string, enclaveUrl: string, deployment: Deployment): Promise<Services> {
  const gate = await startHubGate(hubUrl)
  const folder = await mkdtemp(join(tmpdir(), 'subrosa-polkadot-hub-'))
  const deploymentFile = join(folder, 'deployment.json')
  await writeFile(deploymentFile, JSON.stringify(deployment))
  const postgres = await timed('start PostgreSQL', startPostgres)
  const url = await postgres.createDatabase()
  await migrate(url)
  const indexer = await startIndexerProcess({ databaseUrl: url, rpcUrl: gate.url, deploymentFile, enclaveUrl })
  const keeper = await timed('start the keeper', () =>
    startKeeperProcess({
      ...{ rpcUrl: gate.url, enclaveUrl, deployment, stateFile: join(folder, 'journal') },
      env: { KEEPER_PRIVATE_KEY: keyOf('keeper'), LOG_LEVEL: 'info' },
    }),
  )
  const db = openDatabase(url)
  return {
    ...{ db, keeper, indexer, cut: gate.cut },
    async close() {
      assert.equal(await inTime('keeper', keeper.end('SIGTERM')), 0)
      assert.equal(await inTime('indexer', indexer.end('SIGTERM')), 0)
      await gate.close()
      await closeDatabase(db)
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const LONGEST_END_MS = 120_000

/** A connection that is still open would keep a process from ending. */
function inTime<T>(name: string, ended: Promise<T>): Promise<T> {
  const late = sleep(LONGEST_END_MS, undefined, { ref: false }).then(() => {
    throw new Error(`the ${name} does not end`)
  })
  return Promise.race([ended, late])
}
