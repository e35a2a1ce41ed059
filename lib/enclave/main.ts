import { openEvmConnection } from '../chain/evm/connection'
import { loadDeployment } from '../chain/loadDeployment'
import { enclaveEnv, loadEnv } from '../config/env'
import { createMetrics } from '../observe/health'
import { createLogger } from '../observe/logger'
import { loadEnclaveKeys } from './keys/enclaveKeys'
import { openSimulator } from './keys/simulator'
import { singleNodeReader } from './singleNodeReader'
import { startEnclave } from './start'

const env = loadEnv(enclaveEnv)
const log = createLogger('enclave', env.LOG_LEVEL)

const deployment = await loadDeployment(env.DEPLOYMENT_FILE)
const provider = await openSimulator({ seedFile: env.ENCLAVE_SEED_FILE, rootFile: env.ENCLAVE_ROOT_FILE })
const keys = await loadEnclaveKeys(provider)
const reader = singleNodeReader(openEvmConnection(env.RPC_URL), deployment)
const metrics = createMetrics('enclave')
const enclave = await startEnclave({
  ...{ provider, keys, reader, deployment, log, metrics },
  host: env.HOST,
  port: env.ENCLAVE_PORT,
})
log.info({ url: enclave.url, signer: keys.signer, chainId: deployment.chainId, simulated: true }, 'enclave is up')

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    log.info({ signal }, 'stopping')
    void enclave.close().then(() => process.exit(0))
  })
}
