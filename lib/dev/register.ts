import { registerKeyCall } from '../chain/calls/registerKey'
import type { Deployment } from '../chain/deployment'
import { openEvmConnection } from '../chain/evm/connection'
import { openEvmSender } from '../chain/evm/sender'
import { readIsActiveSigner } from '../chain/sealingKeys'
import { ACCOUNT, localAccount } from './accounts'
import { readEnclaveKeys, requestAttestation } from './enclaveApi'

export type LocalNetwork = { rpcUrl: string; enclaveUrl: string; deployment: Deployment }

/** What an operator does for his enclave: submits its evidence for the epochs it offers, unless they are registered. */
export async function registerEnclave({ rpcUrl, enclaveUrl, deployment }: LocalNetwork): Promise<void> {
  const { signer, epochs } = await readEnclaveKeys(enclaveUrl)
  const connection = openEvmConnection(rpcUrl)
  const operator = openEvmSender({ rpcUrl, deployment, account: localAccount(ACCOUNT.enclaveOperator) })
  for (const { epoch, keyId } of epochs) {
    if (await readIsActiveSigner(connection, deployment, keyId, signer)) continue
    await operator.execute(registerKeyCall(deployment, await requestAttestation(enclaveUrl, deployment, epoch)))
  }
}
