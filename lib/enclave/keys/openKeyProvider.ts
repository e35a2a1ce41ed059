import type { EnclaveEnv } from '../../config/env'
import type { Logger } from '../../observe/logger'
import { openDstack } from '../dstack/keyProvider'
import type { KeyProvider } from './provider'
import { openSimulator } from './simulator'

/** The key provider that the environment names. Says in the log what stands behind the keys, and what does not. */
export async function openKeyProvider(env: EnclaveEnv, log: Logger): Promise<KeyProvider> {
  if (env.KEY_PROVIDER === 'simulator') {
    log.warn({ simulated: true }, 'keys come from a file: no hardware keeps this enclave’s secrets')
    return openSimulator({ seedFile: env.ENCLAVE_SEED_FILE, rootFile: env.ENCLAVE_ROOT_FILE })
  }
  const { provider, appId, composeHash } = await openDstack({
    socketPath: env.DSTACK_SOCKET,
    kmsRoot: env.DSTACK_KMS_ROOT,
    collateralFile: env.ENCLAVE_COLLATERAL_FILE,
  })
  log.info({ simulated: false, appId, composeHash }, 'keys come from dstack’s guest agent')
  if (!env.DSTACK_KMS_ROOT) log.warn('DSTACK_KMS_ROOT is not set: which service issued the keys is not checked')
  return provider
}
