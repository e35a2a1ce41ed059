import { encodeFunctionData, getAddress, hexToNumber, size, slice, type Address, type Hex } from 'viem'
import { enclaveRegistryAbi } from '../abi/enclaveRegistry'
import { hiddenBookAbi } from '../abi/hiddenBook'
import { sealedAuctionsAbi } from '../abi/sealedAuctions'
import { SubrosaError, type ErrorCode } from '../protocol/errors'
import type { ChainConnection } from './connection'
import type { AuctionDeployment, BookDeployment } from './deployment'

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
): Promise<AuctionDeployment> {
  const registryCall = encodeFunctionData({ abi: sealedAuctionsAbi, functionName: 'REGISTRY' })
  const { contracts, ...rest } = await readRoom(connection, auctions, registryCall, 'AUCTION_UNKNOWN', startBlock)
  // The chain may call itself something else by now; everything here names the id at deployment.
  const chainIdCall = encodeFunctionData({ abi: sealedAuctionsAbi, functionName: 'CHAIN_ID' })
  const chainId = hexToNumber(await connection.call({ to: auctions, data: chainIdCall }))
  return { ...rest, chainId, contracts: { auctions, ...contracts } }
}

/** The same of the order book. @throws SubrosaError RPC_UNAVAILABLE; MARKET_UNKNOWN where no order book stands there. */
export async function readBookDeployment(
  connection: ChainConnection,
  book: Address,
  startBlock = 0n,
): Promise<BookDeployment> {
  const registryCall = encodeFunctionData({ abi: hiddenBookAbi, functionName: 'REGISTRY' })
  const { contracts, ...rest } = await readRoom(connection, book, registryCall, 'MARKET_UNKNOWN', startBlock)
  return { ...rest, contracts: { book, ...contracts } }
}

async function readRoom(connection: ChainConnection, at: Address, call: Hex, unknown: ErrorCode, startBlock: bigint) {
  const chainId = Number(await connection.readChainId())
  const registry = await readAddress(connection, at, call, unknown)
  const verifierCall = encodeFunctionData({ abi: enclaveRegistryAbi, functionName: 'VERIFIER' })
  const verifier = await readAddress(connection, registry, verifierCall, unknown)
  return { chainId, startBlock: startBlock.toString(), contracts: { registry, verifier } }
}

async function readAddress(connection: ChainConnection, to: Address, data: Hex, unknown: ErrorCode): Promise<Address> {
  const answer = await connection.call({ to, data })
  if (size(answer) !== 32) throw new SubrosaError(unknown, { details: `no contract of ours at ${to}` })
  return getAddress(slice(answer, 12))
}
