import { openEvmConnection } from '../chain/evm/connection'
import { loadDeployment } from '../chain/loadDeployment'
import { indexerEnv, loadEnv } from '../config/env'
import { closeDatabase, openDatabase } from '../db/client'
import { createMetrics, startHealthServer } from '../observe/health'
import { createLogger } from '../observe/logger'
import { startIndexer } from './indexer'

const env = loadEnv(indexerEnv)
const log = createLogger('indexer', env.LOG_LEVEL)
const deployment = await loadDeployment(env.DEPLOYMENT_FILE)
const db = openDatabase(env.DATABASE_URL, { maxConnections: 4 })
const indexer = startIndexer({ connection: openEvmConnection(env.RPC_URL), deployment, db, log })
const server = await startHealthServer({
  service: 'indexer',
  host: env.HOST,
  port: env.INDEXER_PORT,
  ready: indexer.readiness,
  metrics: createMetrics('indexer'),
})
log.info({ url: server.url, chainId: deployment.chainId, contract: deployment.contracts.auctions }, 'indexer started')

async function stop(signal: string): Promise<void> {
  log.info({ signal }, 'indexer stopping')
  await indexer.stop()
  await server.close()
  await closeDatabase(db)
}

let stopping: Promise<void> | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopping ??= stop(signal).catch((error: unknown) => {
      log.error({ err: error }, 'indexer did not stop cleanly')
      process.exitCode = 1
    })
  })
}
