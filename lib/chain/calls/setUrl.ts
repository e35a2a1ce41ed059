import { encodeFunctionData, type Address, type Hex, type TypedDataDomain } from 'viem'
import { enclaveRegistryAbi } from '../../abi/enclaveRegistry'
import type { ContractCall } from '../connection'
import type { RegistryDeployment } from '../deployment'

/** Where an enclave is reached, as its signer signs it by EIP-712. PROTOCOL.md section 10. */
export type EnclaveUrl = { signer: Address; version: bigint; url: string }

export const enclaveUrlTypes = {
  EnclaveUrl: [
    { name: 'signer', type: 'address' },
    { name: 'version', type: 'uint64' },
    { name: 'url', type: 'string' },
  ],
} as const

/** The registry's EIP-712 domain. */
export function registryDomain({ chainId, contracts }: RegistryDeployment): TypedDataDomain {
  return { name: 'Subrosa', version: '1', chainId, verifyingContract: contracts.registry }
}

/** Publishes an enclave's address. Anyone may send it; a version that is not above the last one is refused. */
export function setUrlCall(
  deployment: RegistryDeployment,
  { signer, version, url }: EnclaveUrl,
  signature: Hex,
): ContractCall {
  const args = [signer, version, url, signature] as const
  const data = encodeFunctionData({ abi: enclaveRegistryAbi, functionName: 'setUrl', args })
  return { to: deployment.contracts.registry, data, value: 0n, method: 'setUrl' }
}
