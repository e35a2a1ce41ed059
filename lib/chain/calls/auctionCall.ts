import { encodeFunctionData, type ContractFunctionArgs, type ContractFunctionName } from 'viem'
import { sealedAuctionsAbi } from '../../abi/sealedAuctions'
import type { ContractCall } from '../connection'
import type { Deployment } from '../deployment'

type Writable = 'nonpayable' | 'payable'
export type AuctionMethod = ContractFunctionName<typeof sealedAuctionsAbi, Writable>

/** A message to the auction contract. `value` in wei. */
export function auctionCall<Method extends AuctionMethod>(
  deployment: Deployment,
  method: Method,
  args: ContractFunctionArgs<typeof sealedAuctionsAbi, Writable, Method>,
  value = 0n,
): ContractCall {
  // viem ties `args` to `functionName` for literal names; a generic name loses that tie, which this signature restores.
  const data = encodeFunctionData({ abi: sealedAuctionsAbi, functionName: method, args } as Parameters<
    typeof encodeFunctionData
  >[0])
  return { to: deployment.contracts.auctions, data, value, method }
}
