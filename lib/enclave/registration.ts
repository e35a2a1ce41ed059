import { bytesToHex, concatBytes, encodeAbiParameters, hexToBytes, keccak256 } from 'viem'
import type { Registration } from '../chain/calls/registerKey'
import type { Deployment } from '../chain/deployment'
import { periodOf } from './epochs'
import type { EnclaveKeys } from './keys/enclaveKeys'
import type { Evidence, KeyProvider } from './keys/provider'

/** Version of the statement below. */
const STATEMENT_VERSION = 1

const STATEMENT_LAYOUT = [
  { type: 'uint8' },
  { type: 'uint256' },
  { type: 'address' },
  { type: 'uint64' },
  { type: 'bytes' },
  { type: 'uint64' },
  { type: 'uint64' },
] as const

/** PROTOCOL.md section 10: signer | keccak256 of the statement | 12 zero bytes. 64 bytes. */
export function reportDataOf(deployment: Deployment, registration: Omit<Registration, 'evidence'>): Uint8Array {
  const { signer, epoch, publicKey, notBefore, notAfter } = registration
  const { chainId, contracts } = deployment
  const values = [
    STATEMENT_VERSION,
    BigInt(chainId),
    contracts.registry,
    epoch,
    publicKey,
    notBefore,
    notAfter,
  ] as const
  const statement = keccak256(encodeAbiParameters(STATEMENT_LAYOUT, values), 'bytes')
  return concatBytes([hexToBytes(signer), statement, new Uint8Array(12)])
}

/** Everything an operator sends to have this enclave admitted for an epoch. */
export async function makeRegistration(
  deployment: Deployment,
  provider: KeyProvider,
  keys: EnclaveKeys,
  epoch: bigint,
): Promise<Registration & Evidence> {
  const { publicKey } = await keys.sealingKey(epoch)
  const claim = { signer: keys.signer, epoch, ...periodOf(epoch), publicKey: bytesToHex(publicKey) }
  return { ...claim, ...(await provider.attest(reportDataOf(deployment, claim))) }
}
