import { encodeFunctionData, getAddress, size, slice, type Address, type Hex } from 'viem'
import { enclaveRegistryAbi } from '../abi/enclaveRegistry'
import { sealedAuctionsAbi } from '../abi/sealedAuctions'
import { SubrosaError } from '../protocol/errors'
import type { ChainConnection } from './connection'
import type { Deployment } from './deployment'

/**
 * A deployment as the auction contract itself has it: its registry cannot be changed, and no file has to be believed.
 *
 * @param startBlock The first block to look for events in; 0 is right everywhere and slow on a long chain.
 * @throws SubrosaError RPC_UNAVAILABLE; AUCTION_UNKNOWN where no auction contract stands at the address.
 */
export async function readDeployment(
  connection: ChainConnection,
  auctions: Address,
  startBlock = 0n,
): Promise<Deployment> {
  const chainId = Number(await connection.readChainId())
  const registryCall = encodeFunctionData({ abi: sealedAuctionsAbi, functionName: 'REGISTRY' })
  const registry = await readAddress(connection, auctions, registryCall)
  const verifierCall = encodeFunctionData({ abi: enclaveRegistryAbi, functionName: 'VERIFIER' })
  const verifier = await readAddress(connection, registry, verifierCall)
  return { chainId, startBlock: startBlock.toString(), contracts: { auctions, registry, verifier } }
}

async function readAddress(connection: ChainConnection, to: Address, data: Hex): Promise<Address> {
  const answer = await connection.call({ to, data })
  if (size(answer) !== 32) throw new SubrosaError('AUCTION_UNKNOWN', { details: `no contract of ours at ${to}` })
  return getAddress(slice(answer, 12))
}
