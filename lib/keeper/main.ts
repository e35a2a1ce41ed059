import { openEvmConnection } from '../chain/evm/connection'
import { openEvmSender } from '../chain/evm/sender'
import { loadDeployment } from '../chain/loadDeployment'
import { keeperEnv, loadEnv } from '../config/env'
import { createMetrics, startHealthServer } from '../observe/health'
import { createLogger } from '../observe/logger'
import { startKeeper } from './keeper'

/** Several times what a settlement takes: a lot token is its seller's code, and must not empty the keeper's account. */
const MAX_GAS = 1_000_000n

const env = loadEnv(keeperEnv)
const log = createLogger('keeper', env.LOG_LEVEL)

const deployment = await loadDeployment(env.DEPLOYMENT_FILE)
const sender = openEvmSender({
  ...{ rpcUrl: env.RPC_URL, deployment, account: env.KEEPER_PRIVATE_KEY },
  maxGas: MAX_GAS,
})
const connection = openEvmConnection(env.RPC_URL)
const keeper = startKeeper({ connection, deployment, sender, enclaveUrl: env.ENCLAVE_URL, log })
const server = await startHealthServer({
  service: 'keeper',
  host: env.HOST,
  port: env.KEEPER_PORT,
  ready: keeper.readiness,
  metrics: createMetrics('keeper'),
})
log.info({ url: server.url, account: sender.address, chainId: deployment.chainId }, 'keeper is up')

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    log.info({ signal }, 'stopping')
    void Promise.all([keeper.stop(), server.close()]).then(() => process.exit(0))
  })
}
