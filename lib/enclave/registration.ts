import { bytesToHex } from 'viem'
import type { Registration } from '../chain/calls/registerKey'
import { registryEntryOf, type Deployment } from '../chain/deployment'
import { encodeEvidence } from '../protocol/attestation/evidence'
import { reportDataOf } from '../protocol/attestation/reportData'
import { periodOf } from './epochs'
import type { EnclaveKeys, SealingKey } from './keys/enclaveKeys'
import type { Attestation, KeyProvider } from './keys/provider'

/** What the registry takes, and what attestors check off chain beside it. */
export type AttestedRegistration = Registration & Pick<Attestation, 'eventLog' | 'vmConfig'>

/** What an enclave says of itself and one of its sealing keys, before anybody vouches for it. */
export function claimOf(
  provider: KeyProvider,
  { signer, operator }: EnclaveKeys,
  { epoch, publicKey }: Pick<SealingKey, 'epoch' | 'publicKey'>,
): Omit<Registration, 'evidence'> {
  return { signer, operator, appId: provider.appId, epoch, ...periodOf(epoch), publicKey: bytesToHex(publicKey) }
}

/** Everything an operator sends to have this enclave admitted for an epoch. */
export async function makeRegistration(
  deployment: Deployment,
  provider: KeyProvider,
  keys: EnclaveKeys,
  epoch: bigint,
): Promise<AttestedRegistration> {
  const claim = claimOf(provider, keys, await keys.sealingKey(epoch))
  const attestation = await provider.attest(reportDataOf(registryEntryOf(deployment, claim)))
  const { eventLog, vmConfig } = attestation
  return { ...claim, evidence: encodeEvidence(attestation), eventLog, vmConfig }
}
