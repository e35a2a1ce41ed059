import { decodeFunctionResult, encodeFunctionData, type Address } from 'viem'
import { enclaveRegistryAbi } from '../abi/enclaveRegistry'
import type { ChainConnection } from './connection'
import type { RegistryDeployment } from './deployment'

/** Where an enclave says that it is reached; null where it has not said. Its own word: any text. */
export async function readEnclaveUrlOf(
  connection: ChainConnection,
  { contracts }: RegistryDeployment,
  signer: Address,
): Promise<string | null> {
  const call = { abi: enclaveRegistryAbi, functionName: 'urlOf' as const }
  const data = encodeFunctionData({ ...call, args: [signer] })
  const answer = await connection.call({ to: contracts.registry, data, method: 'urlOf' })
  return decodeFunctionResult({ ...call, data: answer }) || null
}
