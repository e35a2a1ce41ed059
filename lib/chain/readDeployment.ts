import { encodeFunctionData, getAddress, type Address } from 'viem'
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
  const registry = await readAddress(connection, auctions, { abi: sealedAuctionsAbi, functionName: 'REGISTRY' })
  const verifier = await readAddress(connection, registry, { abi: enclaveRegistryAbi, functionName: 'VERIFIER' })
  return { chainId, startBlock: startBlock.toString(), contracts: { auctions, registry, verifier } }
}

type Getter =
  | { abi: typeof sealedAuctionsAbi; functionName: 'REGISTRY' }
  | { abi: typeof enclaveRegistryAbi; functionName: 'VERIFIER' }

async function readAddress(connection: ChainConnection, to: Address, getter: Getter): Promise<Address> {
  const data = await connection.call({ to, data: encodeFunctionData(getter as Getter), method: getter.functionName })
  if (data.length !== 2 + 2 * 32) throw new SubrosaError('AUCTION_UNKNOWN', { details: `no contract of ours at ${to}` })
  return getAddress(`0x${data.slice(-40)}`)
}
