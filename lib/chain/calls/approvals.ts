import { encodeFunctionData, erc20Abi, erc721Abi, parseAbi, type Address } from 'viem'
import type { ContractCall } from '../connection'
import type { Deployment } from '../deployment'

const erc1155ApprovalAbi = parseAbi(['function setApprovalForAll(address operator, bool approved)'])

/** Lets the auction contract take `amount` base units of an ERC-20. */
export function approveTokenCall(deployment: Deployment, token: Address, amount: bigint): ContractCall {
  const args = [deployment.contracts.auctions, amount] as const
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args })
  return { to: token, data, value: 0n, method: 'approve' }
}

/** Lets the auction contract take one ERC-721 token. */
export function approveLotCall(deployment: Deployment, token: Address, tokenId: bigint): ContractCall {
  const args = [deployment.contracts.auctions, tokenId] as const
  const data = encodeFunctionData({ abi: erc721Abi, functionName: 'approve', args })
  return { to: token, data, value: 0n, method: 'approve' }
}

/** Lets the auction contract take any of the sender's ERC-1155 tokens: the standard knows nothing narrower. */
export function approveEditionsCall(deployment: Deployment, token: Address): ContractCall {
  const args = [deployment.contracts.auctions, true] as const
  const data = encodeFunctionData({ abi: erc1155ApprovalAbi, functionName: 'setApprovalForAll', args })
  return { to: token, data, value: 0n, method: 'setApprovalForAll' }
}
