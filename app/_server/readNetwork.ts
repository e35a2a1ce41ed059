import { endpointKind } from '../../lib/chain/endpointKind'
import { loadDeployment } from '../../lib/chain/loadDeployment'
import { loadEnv, webEnv } from '../../lib/config/env'
import type { Network } from '../_data/network'

/** The deployment this server stands for, read at the first request: the same build serves any chain. */
let network: Promise<Network> | undefined

export function readNetwork(): Promise<Network> {
  network ??= read().catch((error: unknown) => {
    network = undefined
    throw error
  })
  return network
}

async function read(): Promise<Network> {
  const env = loadEnv(webEnv)
  return {
    ...(await loadDeployment(env.DEPLOYMENT_FILE)),
    rpcUrl: env.RPC_URL,
    hub:
      endpointKind(env.RPC_URL) === 'hub'
        ? { genesisHash: env.HUB_GENESIS_HASH, ss58Prefix: env.HUB_SS58_PREFIX }
        : undefined,
    walletConnectProjectId: env.WALLETCONNECT_PROJECT_ID,
    polkadot: env.ANCHOR_URL ? { url: env.ANCHOR_URL, ss58Prefix: env.ANCHOR_SS58_PREFIX } : undefined,
    explorerUrl: env.EXPLORER_URL?.replace(/\/$/, ''),
    simulatorRoot: env.SIMULATOR_ROOT,
  }
}
