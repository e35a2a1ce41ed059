import { decodeFunctionResult, encodeFunctionData, type Address, type Hex } from 'viem'
import { enclaveRegistryAbi } from '../abi/enclaveRegistry'
import type { BlockId, ChainConnection } from './connection'
import type { RegistryDeployment } from './deployment'

/**
 * A sealing key as the registry holds it. Times in Unix seconds; `publicKey` is an uncompressed P-256 point, `appId` 20
 * bytes. A retired key is not to be begun with; what pins it is settled. A revoked one settles nothing.
 */
export type SealingKeyEntry = {
  operator: Address
  appId: Hex
  epoch: bigint
  notBefore: bigint
  notAfter: bigint
  admittedAt: number
  /** Null: not so far. */
  retiredAt: number | null
  revokedAt: number | null
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
  if (entry.admittedAt === 0) return null
  const { operator, appId, epoch, notBefore, notAfter, admittedAt, publicKey } = entry
  const ended = { retiredAt: entry.retiredAt || null, revokedAt: entry.revokedAt || null }
  return { operator, appId, epoch, notBefore, notAfter, admittedAt, ...ended, publicKey }
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

/** Whether the registry knows a key, and it is not revoked. */
export async function readIsKnownKey(
  connection: ChainConnection,
  deployment: RegistryDeployment,
  keyId: Hex,
  block?: BlockId,
): Promise<boolean> {
  const call = { abi: enclaveRegistryAbi, functionName: 'isKnownKey' as const }
  const data = encodeFunctionData({ ...call, args: [keyId] })
  const answer = await connection.call({ to: deployment.contracts.registry, data, method: 'isKnownKey' }, block)
  return decodeFunctionResult({ ...call, data: answer })
}
