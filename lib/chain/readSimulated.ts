import { decodeFunctionResult, encodeFunctionData } from 'viem'
import { enclaveRegistryAbi } from '../abi/enclaveRegistry'
import type { ChainConnection } from './connection'
import type { RegistryDeployment } from './deployment'

/** Whether the registry's verifier trusts a simulator's root: what decides is the root, never a flag. PROTOCOL.md 10. */
export async function readSimulated(connection: ChainConnection, deployment: RegistryDeployment): Promise<boolean> {
  const call = { abi: enclaveRegistryAbi, functionName: 'simulated' as const }
  const data = encodeFunctionData(call)
  const answer = await connection.call({ to: deployment.contracts.registry, data, method: 'simulated' })
  return decodeFunctionResult({ ...call, data: answer })
}
