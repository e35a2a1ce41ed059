import { readFile } from 'node:fs/promises'
import { loadDeployment } from '../chain/loadDeployment'
import { enclaveEnv, endpointsOf, EnvironmentError, loadEnv, type EnclaveEnv } from '../config/env'
import { createLogger } from '../observe/logger'
import { agreeingChain } from './chain/agreeingChain'
import { agreeingReader } from './chain/agreeingReader'
import type { OpenEndpoint } from './chain/endpoint'
import { keyDomainOf, loadEnclaveKeys } from './keys/enclaveKeys'
import { keepQuotes } from './keys/keepQuotes'
import { keepSealingKeys } from './keys/keepSealingKeys'
import { openKeyProvider } from './keys/openKeyProvider'
import { createEnclaveMetrics } from './metrics'
import { OpeningPool } from './opening/pool'
import { KeptFiles } from './proving/keptFiles'
import { startEnclave } from './start'

/** A certificate in PEM takes half a kilobyte. */
const MAX_CERTIFICATES_BYTES = 65_536

/** The keepers' door as the environment has it; null where that names no certificates. */
async function readKeepersDoor({ ENCLAVE_KEEPERS_FILE: file, ENCLAVE_KEEPERS_PORT: port }: EnclaveEnv) {
  if (file === undefined) return null
  const certificates = await readFile(file, 'utf8')
  const isPem = certificates.length <= MAX_CERTIFICATES_BYTES && certificates.includes('-----BEGIN CERTIFICATE-----')
  if (!isPem) throw new EnvironmentError(['ENCLAVE_KEEPERS_FILE: holds no certificates in PEM'])
  return { port, certificates }
}

/**
 * Runs the enclave, as its environment says, until it is told to stop.
 *
 * @param openEndpoint How this program reads its kind of chain: what another kind needs is not in its bundle.
 */
export async function runEnclave(openEndpoint: OpenEndpoint): Promise<void> {
  const env = loadEnv(enclaveEnv)
  const log = createLogger('enclave', env.LOG_LEVEL)
  const deployment = await loadDeployment(env.DEPLOYMENT_FILE)
  const { urls, threshold } = endpointsOf(env, deployment.chainId)
  const provider = keepQuotes(await openKeyProvider(env, log, deployment.chainId))
  const keys = keepSealingKeys(await loadEnclaveKeys(provider, keyDomainOf(deployment, env.ENCLAVE_OPERATOR)))
  const metrics = createEnclaveMetrics()
  const chain = agreeingChain({
    endpoints: urls.map((url, index) => openEndpoint(url, index, env.RPC_TIMEOUT_MS)),
    ...{ threshold, chainId: deployment.chainId },
    onFault(endpoint, fault, details) {
      metrics.endpointFaults.inc({ endpoint, fault })
      log.warn({ endpoint, fault, details }, 'an endpoint is at fault')
    },
  })
  const reader = agreeingReader(chain, deployment)
  const pool = new OpeningPool({ size: env.ENCLAVE_WORKERS })
  const bundleFiles = await KeptFiles.open({
    ...{ folder: env.ENCLAVE_BUNDLE_FOLDER, maxBytes: env.ENCLAVE_BUNDLE_MEGABYTES * 1024 * 1024, log },
  })
  const enclave = await startEnclave({
    bundleFiles,
    ...{ provider, keys, chain, reader, pool, deployment, log, metrics, host: env.HOST, port: env.ENCLAVE_PORT },
    requestsPerSecond: env.ENCLAVE_REQUESTS_PER_SECOND,
    publicUrl: env.ENCLAVE_PUBLIC_URL,
    keeperUrls: env.ENCLAVE_KEEPER_URLS,
    keepersDoor: await readKeepersDoor(env),
  })
  const { simulated } = provider
  const up = {
    url: enclave.url,
    keepersUrl: enclave.keepersUrl,
    signer: keys.signer,
    operator: keys.operator,
    chainId: deployment.chainId,
    simulated,
    workers: pool.size,
  }
  log.info({ ...up, endpoints: urls.length, threshold }, 'enclave is up')

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping')
      void enclave.close().then(() => process.exit(0))
    })
  }
}
