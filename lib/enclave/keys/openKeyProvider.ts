import { EnvironmentError, type EnclaveEnv } from '../../config/env'
import type { Logger } from '../../observe/logger'
import { openDstack } from '../dstack/keyProvider'
import type { KeyProvider } from './provider'
import { openSimulator } from './simulator'

const LOCAL_CHAIN_ID = 31337

/** The key provider that the environment names. Says in the log what stands behind the keys, and what does not.
 *
 * @throws EnvironmentError where a machine on a public chain is not told whose keys it may take. */
export async function openKeyProvider(env: EnclaveEnv, log: Logger, chainId: number): Promise<KeyProvider> {
  if (env.KEY_PROVIDER === 'simulator') {
    log.warn({ simulated: true }, 'keys come from a file: no hardware keeps this enclave’s secrets')
    const { ENCLAVE_SEED_FILE: seedFile, ENCLAVE_ROOT_FILE: rootFile, ENCLAVE_SIGNER_FILE: signerFile } = env
    return openSimulator({ seedFile, rootFile, signerFile })
  }
  const unchecked = (['DSTACK_KMS_ROOT', 'DSTACK_APP_ID'] as const).filter((name) => env[name] === undefined)
  if (unchecked.length > 0 && chainId !== LOCAL_CHAIN_ID)
    throw new EnvironmentError(
      unchecked.map((name) => `${name} is not set: away from the local chain it must be checked`),
    )
  const { provider, composeHash } = await openDstack({
    socketPath: env.DSTACK_SOCKET,
    kmsRoot: env.DSTACK_KMS_ROOT,
    expectedAppId: env.DSTACK_APP_ID,
    collateralFile: env.ENCLAVE_COLLATERAL_FILE,
    signerFile: env.ENCLAVE_SIGNER_FILE,
  })
  log.info({ simulated: false, appId: provider.appId, composeHash }, 'keys come from dstack’s guest agent')
  for (const name of unchecked) log.warn(`${name} is not set: who has the keys beside this machine is not checked`)
  return provider
}
