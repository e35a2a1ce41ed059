import { registerKeyCall } from '../chain/calls/registerKey'
import { setUrlCall } from '../chain/calls/setUrl'
import type { Deployment } from '../chain/deployment'
import { readEnclaveUrlOf } from '../chain/enclaveUrl'
import { openEvmConnection } from '../chain/evm/connection'
import { openEvmSender } from '../chain/evm/sender'
import { readIsActiveSigner } from '../chain/sealingKeys'
import { ACCOUNT, localAccount } from './accounts'
import { readEnclaveKeys, readEnclaveUrl, requestAttestation } from './enclaveApi'

export type LocalNetwork = { rpcUrl: string; enclaveUrl: string; deployment: Deployment }

/**
 * What an operator does for his enclave: submits its evidence for the epochs it offers, unless they are registered, and
 * where it is reached, unless the registry has that already.
 */
export async function registerEnclave({ rpcUrl, enclaveUrl, deployment }: LocalNetwork): Promise<void> {
  const { signer, epochs } = await readEnclaveKeys(enclaveUrl)
  const connection = openEvmConnection(rpcUrl)
  const operator = openEvmSender({ rpcUrl, deployment, account: localAccount(ACCOUNT.enclaveOperator) })
  for (const { epoch, keyId } of epochs) {
    if (await readIsActiveSigner(connection, deployment, keyId, signer)) continue
    await operator.execute(registerKeyCall(deployment, await requestAttestation(enclaveUrl, deployment, epoch)))
  }
  const { signature, ...stated } = await readEnclaveUrl(enclaveUrl)
  if ((await readEnclaveUrlOf(connection, deployment, signer)) === stated.url) return
  await operator.execute(setUrlCall(deployment, stated, signature))
}
