import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Deployment } from '../../lib/chain/deployment'
import { closeDatabase, openDatabase, type Database } from '../../lib/db/client'
import { migrate } from '../../lib/db/migrate'
import { freePort, randomBasePort, releasePort } from '../../lib/dev/ports'
import { startKeeperProcess, type KeeperProcess } from '../fixtures/keeperProcess'
import { startPostgres } from '../fixtures/postgres'
import { launchIndexer, type IndexerProcess } from '../integration/indexer/indexerProcess'
import { timed } from './figures'
import { keyOf } from './people'

/** The keeper and the indexer as operators run them, each a process of its own over the Hub's endpoint. */
export type Services = { db: Database; keeper: KeeperProcess; indexer: IndexerProcess; close: () => Promise<void> }

export async function startServices(hubUrl: string, enclaveUrl: string, deployment: Deployment): Promise<Services> {
  const folder = await mkdtemp(join(tmpdir(), 'subrosa-polkadot-hub-'))
  const deploymentFile = join(folder, 'deployment.json')
  await writeFile(deploymentFile, JSON.stringify(deployment))
  const postgres = await timed('start PostgreSQL', startPostgres)
  const url = await postgres.createDatabase()
  await migrate(url)
  const port = await freePort(randomBasePort())
  const indexer = launchIndexer({ url, port, rpcUrl: hubUrl, deploymentFile, enclaveUrl })
  const keeper = await timed('start the keeper', () =>
    startKeeperProcess({
      ...{ rpcUrl: hubUrl, enclaveUrl, deployment, stateFile: join(folder, 'journal') },
      env: { KEEPER_PRIVATE_KEY: keyOf('keeper'), LOG_LEVEL: 'info' },
    }),
  )
  const db = openDatabase(url)
  return {
    ...{ db, keeper, indexer },
    async close() {
      await Promise.all([keeper.end('SIGTERM'), indexer.end('SIGTERM')])
      await closeDatabase(db)
      await postgres.stop()
      releasePort(port)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
