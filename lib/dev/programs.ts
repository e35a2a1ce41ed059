import { join } from 'node:path'
import type { SimulatorFiles } from '../enclave/keys/simulator'
import { ACCOUNT, LOCAL_ANCHOR_SEED, localAccount, localPrivateKey } from './accounts'
import { answers, startService, type Service, type ServiceContext } from './service'
import { ROOT } from './web'

export type Ports = Record<'chain' | 'postgres' | 'enclave' | 'keeper' | 'indexer' | 'web' | 'hub', number>

export type ServiceEnvironment = {
  ports: Ports
  rpcUrl: string
  databaseUrl: string
  deploymentFile: string
  /** The chain that settlements are anchored in, where there is one. */
  anchorUrl?: string | undefined
}

/**
 * Where the simulator keeps its keys: on no other place does the privacy of local bids rest. `certificateFile` is
 * public: `subrosa attest verify --root simulator` reads it.
 */
export function enclaveFiles(dir: string): SimulatorFiles & { certificateFile: string } {
  const folder = join(dir, 'enclave')
  return {
    seedFile: join(folder, 'seed'),
    rootFile: join(folder, 'root'),
    signerFile: join(folder, 'signer'),
    certificateFile: join(folder, 'simulator-root.pem'),
  }
}

const localUrl = (port: number) => `http://127.0.0.1:${port}`

function startProgram(
  context: ServiceContext,
  name: 'enclave' | 'keeper' | 'indexer',
  port: number,
  env: Record<string, string>,
): Promise<Service> {
  return startService(
    {
      name,
      command: process.execPath,
      args: ['--import', 'tsx', join(ROOT, 'lib', name, 'main.ts')],
      cwd: ROOT,
      env: { HOST: '127.0.0.1', ...env, NODE_ENV: 'production' },
      check: answers(`${localUrl(port)}/health`),
    },
    context,
  )
}

/** Knows the chain and its own keys, and is told of no database. */
export function startEnclave(
  context: ServiceContext,
  { ports, rpcUrl, deploymentFile }: ServiceEnvironment,
): Promise<Service> {
  const { seedFile, rootFile, signerFile } = enclaveFiles(context.dir)
  return startProgram(context, 'enclave', ports.enclave, {
    RPC_URL: rpcUrl,
    DEPLOYMENT_FILE: deploymentFile,
    ENCLAVE_PORT: String(ports.enclave),
    ENCLAVE_OPERATOR: localAccount(ACCOUNT.enclaveOperator).address,
    ENCLAVE_PUBLIC_URL: localUrl(ports.enclave),
    ENCLAVE_SEED_FILE: seedFile,
    ENCLAVE_ROOT_FILE: rootFile,
    ENCLAVE_BUNDLE_FOLDER: join(context.dir, 'enclave', 'bundles'),
    ENCLAVE_SIGNER_FILE: signerFile,
  })
}

export function startKeeper(context: ServiceContext, environment: ServiceEnvironment): Promise<Service> {
  const { ports, rpcUrl, deploymentFile, anchorUrl } = environment
  return startProgram(context, 'keeper', ports.keeper, {
    RPC_URL: rpcUrl,
    DEPLOYMENT_FILE: deploymentFile,
    KEEPER_PORT: String(ports.keeper),
    ENCLAVE_URL: localUrl(ports.enclave),
    KEEPER_PRIVATE_KEY: localPrivateKey(ACCOUNT.keeper),
    KEEPER_STATE_FILE: join(context.dir, 'keeper', 'journal'),
    // There is no other keeper to wait for.
    KEEPER_STAGGER_BLOCKS: '0',
    ...(anchorUrl && { KEEPER_ANCHOR_URL: anchorUrl, KEEPER_ANCHOR_SEED: LOCAL_ANCHOR_SEED }),
  })
}

export function startIndexer(context: ServiceContext, environment: ServiceEnvironment): Promise<Service> {
  const { ports, rpcUrl, databaseUrl, deploymentFile } = environment
  return startProgram(context, 'indexer', ports.indexer, {
    RPC_URL: rpcUrl,
    DATABASE_URL: databaseUrl,
    DEPLOYMENT_FILE: deploymentFile,
    INDEXER_PORT: String(ports.indexer),
    ENCLAVE_URL: localUrl(ports.enclave),
  })
}

/** Those who trade on the demonstration's markets. They serve nothing: that they run is all there is to ask. */
export function startBots(
  context: ServiceContext,
  { rpcUrl, enclaveUrl, deploymentFile }: { rpcUrl: string; enclaveUrl: string; deploymentFile: string },
): Promise<Service> {
  return startService(
    {
      name: 'bots',
      command: process.execPath,
      args: ['--import', 'tsx', join(ROOT, 'lib', 'dev', 'bots', 'main.ts')],
      cwd: ROOT,
      env: { RPC_URL: rpcUrl, ENCLAVE_URL: enclaveUrl, DEPLOYMENT_FILE: deploymentFile, NODE_ENV: 'production' },
      check: () => Promise.resolve(true),
    },
    context,
  )
}
