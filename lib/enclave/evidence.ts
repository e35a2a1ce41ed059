import { bytesToHex, type Address, type Hex } from 'viem'
import { registryEntryOf, type Deployment } from '../chain/deployment'
import { reportDataOf } from '../protocol/attestation/reportData'
import type { Collateral } from '../protocol/attestation/tcb/collateral'
import { SubrosaError } from '../protocol/errors'
import type { ChainReader } from './chainReader'
import { epochsServedAt } from './epochs'
import type { EnclaveKeys } from './keys/enclaveKeys'
import type { Attestation, KeyProvider } from './keys/provider'
import { claimOf } from './registration'

/** What whoever verifies this enclave needs, for one sealing key. `collateral` is null where the operator gave none. */
export type ServedEvidence = { signer: Address; quote: Hex; eventLog: unknown; collateral: Collateral | null }

type Parts = { provider: KeyProvider; keys: EnclaveKeys; reader: ChainReader; deployment: Deployment }

/**
 * Evidence by sealing key. A quote takes the hardware a second, so that each key's is made once; collateral is read
 * anew, since it expires.
 *
 * @returns asks for one key. @throws SubrosaError NOT_FOUND for a key that is not this enclave's.
 */
export function createEvidence({ provider, keys, reader, deployment }: Parts): (keyId: Hex) => Promise<ServedEvidence> {
  const made = new Map<Hex, Promise<Attestation>>()

  async function attest(keyId: Hex, now: bigint): Promise<Attestation> {
    for (const epoch of epochsServedAt(now)) {
      const key = await keys.sealingKey(epoch)
      if (key.keyId !== keyId) continue
      return provider.attest(reportDataOf(registryEntryOf(deployment, claimOf(provider, keys, key))))
    }
    throw new SubrosaError('NOT_FOUND')
  }

  return async (keyId) => {
    const now = await reader.readTime()
    let attestation = made.get(keyId)
    if (!attestation) {
      made.set(keyId, (attestation = attest(keyId, now)))
      attestation.catch(() => made.delete(keyId))
    }
    const { quote, eventLog } = await attestation
    const collateral = await provider.readCollateral(Number(now))
    return { signer: keys.signer, quote: bytesToHex(quote), eventLog, collateral }
  }
}
