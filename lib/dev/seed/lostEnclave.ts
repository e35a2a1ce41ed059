import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesToHex, type Hex } from 'viem'
import { registerKeyCall } from '../../chain/calls/registerKey'
import { openEvmConnection } from '../../chain/evm/connection'
import { openEvmSender } from '../../chain/evm/sender'
import { epochAt } from '../../enclave/epochs'
import { keyDomainOf, loadEnclaveKeys } from '../../enclave/keys/enclaveKeys'
import { openSimulator } from '../../enclave/keys/simulator'
import { makeRegistration } from '../../enclave/registration'
import { ACCOUNT, localAccount } from '../accounts'
import type { LocalNetwork } from '../register'

/** A sealing key as a seller pins it. */
export type PinnedKey = { keyId: Hex; publicKey: Hex }

/**
 * Admits the key of a simulated enclave that is thrown away at once: what is sealed to it nobody can open, so an auction
 * that pins it closes, waits, and is refunded in full. It has the epoch before the present one, so that no seller's
 * form, which takes the newest, ever offers it; and an operator of its own, so that no batch of a market gets it, and
 * pages can say what it is.
 *
 * @param rootFile The simulator's root, which the registry of this chain trusts.
 */
export async function registerLostEnclave({ rpcUrl, deployment }: LocalNetwork, rootFile: string): Promise<PinnedKey> {
  const folder = await mkdtemp(join(tmpdir(), 'subrosa-lost-enclave-'))
  try {
    const own = { seedFile: join(folder, 'seed'), signerFile: join(folder, 'signer') }
    const provider = await openSimulator({ ...own, rootFile })
    const account = localAccount(ACCOUNT.lostEnclaveOperator)
    const keys = await loadEnclaveKeys(provider, keyDomainOf(deployment, account.address))
    const { timestamp } = await openEvmConnection(rpcUrl).readBlock('latest')
    const epoch = epochAt(timestamp) - 1n
    const operator = openEvmSender({ rpcUrl, deployment, account })
    await operator.execute(registerKeyCall(deployment, await makeRegistration(deployment, provider, keys, epoch)))
    const { keyId, publicKey } = await keys.sealingKey(epoch)
    return { keyId, publicKey: bytesToHex(publicKey) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
