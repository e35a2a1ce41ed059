import { loadDeployment } from '../chain/loadDeployment'
import { openConnection } from '../chain/openConnection'
import { indexerEnv, loadEnv } from '../config/env'
import { closeDatabase, openDatabase } from '../db/client'
import { createMetrics, startHealthServer } from '../observe/health'
import { createLogger } from '../observe/logger'
import { startIndexer } from './indexer'
import { createIndexerMetrics } from './metrics'

const env = loadEnv(indexerEnv)
const log = createLogger('indexer', env.LOG_LEVEL)
const deployment = await loadDeployment(env.DEPLOYMENT_FILE)
const { DATABASE_URL: databaseUrl, INDEXER_SILENCE_MS: silenceMs } = env
// A frozen leader lets go of what it locked at about the time at which another one takes over.
const db = openDatabase(databaseUrl, { maxConnections: 4, longestPauseMs: silenceMs })
const registry = createMetrics('indexer')
const metrics = createIndexerMetrics(registry)
const connection = openConnection(env.RPC_URL)
const bundles = {
  limits: { maxBytes: env.BUNDLE_MAX_BYTES, timeoutMs: env.BUNDLE_TIMEOUT_MS },
  enclaveUrl: env.ENCLAVE_URL,
}
const indexer = startIndexer({
  ...{ connection, deployment, db, databaseUrl, silenceMs, log, metrics, bundles },
  collateralFile: env.ENCLAVE_COLLATERAL_FILE,
})
const server = await startHealthServer({
  service: 'indexer',
  host: env.HOST,
  port: env.INDEXER_PORT,
  ready: indexer.readiness,
  metrics: registry,
})
log.info({ url: server.url, chainId: deployment.chainId, contract: deployment.contracts.auctions }, 'indexer started')

async function stop(signal: string): Promise<void> {
  log.info({ signal }, 'indexer stopping')
  await indexer.stop()
  await server.close()
  await closeDatabase(db)
  // What it holds open would keep the process from ending.
  await connection.close()
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
