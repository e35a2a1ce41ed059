import { encodeFunctionData, type Address, type Hex } from 'viem'
import { enclaveRegistryAbi } from '../../abi/enclaveRegistry'
import type { ContractCall } from '../connection'
import type { RegistryDeployment } from '../deployment'

/** What an operator submits for one enclave and one epoch. PROTOCOL.md section 10. Times in Unix seconds. */
export type Registration = {
  signer: Address
  operator: Address
  /** 20 bytes. */
  appId: Hex
  epoch: bigint
  notBefore: bigint
  notAfter: bigint
  publicKey: Hex
  evidence: Hex
}

/** Admits an enclave's signer and sealing key, on its evidence. The operator sends it. */
export function registerKeyCall(deployment: RegistryDeployment, registration: Registration): ContractCall {
  const data = encodeFunctionData({ abi: enclaveRegistryAbi, functionName: 'register', args: [registration] })
  return { to: deployment.contracts.registry, data, value: 0n, method: 'register' }
}

/** Withdraws a key, by EIP-712 `KeyRevocation(bytes32 keyId)` signed by one of its enclaves. Anyone may send it. */
export function revokeKeyCall(deployment: RegistryDeployment, keyId: Hex, signature: Hex): ContractCall {
  const data = encodeFunctionData({ abi: enclaveRegistryAbi, functionName: 'revoke', args: [keyId, signature] })
  return { to: deployment.contracts.registry, data, value: 0n, method: 'revoke' }
}
