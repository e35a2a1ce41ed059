import { decodeFunctionResult, encodeFunctionData, type Address, type Hex } from 'viem'
import { enclaveRegistryAbi } from '../abi/enclaveRegistry'
import type { BlockId, ChainConnection } from './connection'
import type { RegistryDeployment } from './deployment'

/** A sealing key as the registry holds it. Times in Unix seconds; `publicKey` is an uncompressed P-256 point. */
export type SealingKeyEntry = {
  epoch: bigint
  notBefore: bigint
  notAfter: bigint
  revoked: boolean
  publicKey: Hex
}

/** @returns null where the registry knows no such key. */
export async function readSealingKey(
  connection: ChainConnection,
  deployment: RegistryDeployment,
  keyId: Hex,
  block?: BlockId,
): Promise<SealingKeyEntry | null> {
  const call = { abi: enclaveRegistryAbi, functionName: 'getSealingKey' as const }
  const data = encodeFunctionData({ ...call, args: [keyId] })
  const answer = await connection.call({ to: deployment.contracts.registry, data, method: 'getSealingKey' }, block)
  const entry = decodeFunctionResult({ ...call, data: answer })
  return entry.publicKey === '0x' ? null : entry
}

/** Whether `signer` may settle auctions pinned to `keyId`. */
export async function readIsActiveSigner(
  connection: ChainConnection,
  deployment: RegistryDeployment,
  keyId: Hex,
  signer: Address,
  block?: BlockId,
): Promise<boolean> {
  const call = { abi: enclaveRegistryAbi, functionName: 'isActiveSigner' as const }
  const data = encodeFunctionData({ ...call, args: [keyId, signer] })
  const answer = await connection.call({ to: deployment.contracts.registry, data, method: 'isActiveSigner' }, block)
  return decodeFunctionResult({ ...call, data: answer })
}
