import type { ContractFunctionArgs, ContractFunctionName } from 'viem'
import { sealedAuctionsAbi } from '../../abi/sealedAuctions'
import type { ContractCall } from '../connection'
import type { AuctionDeployment } from '../deployment'
import { contractCall, type Writable } from './contractCall'

export type AuctionMethod = ContractFunctionName<typeof sealedAuctionsAbi, Writable>

/** A message to the auction contract. `value` in wei. */
export function auctionCall<Method extends AuctionMethod>(
  { contracts }: AuctionDeployment,
  method: Method,
  args: ContractFunctionArgs<typeof sealedAuctionsAbi, Writable, Method>,
  value = 0n,
): ContractCall {
  return contractCall({ abi: sealedAuctionsAbi, to: contracts.auctions }, method, args, value)
}
