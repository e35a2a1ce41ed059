import { readFile } from 'node:fs/promises'
import { parseEther, parseGwei } from 'viem'
import { loadDeployment } from '../chain/loadDeployment'
import { openConnection } from '../chain/openConnection'
import { openTransactionNode } from '../chain/openTransactionNode'
import { anchoringOf, EnvironmentError, keeperEnv, loadEnv } from '../config/env'
import { startHealthServer } from '../observe/health'
import { createLogger } from '../observe/logger'
import { createAnchorMetrics } from './anchors/metrics'
import { startAnchoring, type Anchoring } from './anchors/anchoring'
import type { ClientIdentity } from './enclaveHttp'
import { startKeeper } from './keeper'

/** Several times what a settlement takes: a lot token is its seller's code, and must not empty the keeper's account. */
const MAX_GAS = 1_000_000n

/** What networks let a transaction take, at most (EIP-7825): a batch of two thousand fills. */
/** EIP-7825: what a transaction may use. */
const MAX_BATCH_GAS = 1n << 24n

const env = loadEnv(keeperEnv)
const log = createLogger('keeper', env.LOG_LEVEL)

const deployment = await loadDeployment(env.DEPLOYMENT_FILE)
const node = await openTransactionNode({ url: env.RPC_URL, deployment, account: env.KEEPER_PRIVATE_KEY })

function giveUp(error: unknown): never {
  log.fatal({ reason: error instanceof Error ? error.message : String(error) }, 'the keeper cannot run')
  process.exit(1)
}

/** What it shows at enclaves' doors for keepers, where it has that. */
async function readIdentity(): Promise<ClientIdentity | undefined> {
  const { KEEPER_TLS_KEY_FILE: keyFile, KEEPER_TLS_CERTIFICATE_FILE: certificateFile } = env
  if (keyFile === undefined && certificateFile === undefined) return undefined
  if (keyFile === undefined || certificateFile === undefined)
    throw new EnvironmentError([
      'KEEPER_TLS_KEY_FILE and KEEPER_TLS_CERTIFICATE_FILE: one is set, and the other is not',
    ])
  const [key, certificate] = await Promise.all([readFile(keyFile, 'utf8'), readFile(certificateFile, 'utf8')])
  return { key, certificate }
}

const keeper = await startKeeper({
  ...{ connection: openConnection(env.RPC_URL), deployment, node, log, maxGas: MAX_GAS, maxBatchGas: MAX_BATCH_GAS },
  enclaveUrls: env.ENCLAVE_URLS ?? [env.ENCLAVE_URL],
  identity: await readIdentity(),
  receiveAt: env.KEEPER_RECEIVE_PORT === undefined ? null : { host: env.HOST, port: env.KEEPER_RECEIVE_PORT },
  stateFile: env.KEEPER_STATE_FILE,
  fees: { maxFeePerGas: parseGwei(env.KEEPER_MAX_FEE_GWEI), replaceAfterBlocks: env.KEEPER_REPLACE_AFTER_BLOCKS },
  minBalance: parseEther(env.KEEPER_MIN_BALANCE),
  staggerBlocks: env.KEEPER_STAGGER_BLOCKS,
  pollMs: env.KEEPER_POLL_MS,
}).catch(giveUp)
keeper.ended.catch(giveUp)

/** Anchors where that is configured. What speaks to Substrate chains is loaded only then. */
async function openAnchoring(): Promise<Anchoring | null> {
  const where = anchoringOf(env)
  if (!where) return null
  const { openAnchorNode } = await import('../chain/substrate/anchorNode')
  return startAnchoring({
    ...{ connection: openConnection(env.RPC_URL), deployment, node: openAnchorNode(where.url, where.seed) },
    stateFile: `${env.KEEPER_STATE_FILE}.anchors`,
    metrics: createAnchorMetrics(keeper.metrics.registry),
    log: log.child({ part: 'anchoring' }),
    pollMs: 2 * env.KEEPER_POLL_MS,
  })
}

const anchoring = await openAnchoring().catch(giveUp)
anchoring?.ended.catch(giveUp)
const server = await startHealthServer({
  service: 'keeper',
  host: env.HOST,
  port: env.KEEPER_PORT,
  // Settlements do not wait for their anchors, so those do not decide whether it is ready.
  ready: () => ({ ...keeper.readiness(), ...(anchoring && { anchoring: anchoring.status() }) }),
  metrics: keeper.metrics.registry,
})
log.info({ url: server.url, account: node.address, chainId: deployment.chainId }, 'keeper is up')

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    log.info({ signal }, 'stopping')
    void Promise.all([keeper.stop(), anchoring?.stop(), server.close()]).then(() => process.exit(0))
  })
}
