import { encodeFunctionData, erc20Abi, zeroAddress, type Address, type Hex } from 'viem'
import type { ContractCall } from '../../connection'
import type { BookDeployment } from '../../deployment'
import { bookCall } from './bookCall'

/** Lets the order book take `amount` base units of an ERC-20. */
export function approveMarginCall(deployment: BookDeployment, token: Address, amount: bigint): ContractCall {
  const args = [deployment.contracts.book, amount] as const
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args })
  return { to: token, data, value: 0n, method: 'approve' }
}

/**
 * Puts `amount` base units from the sender's wallet into his margin. An ERC-20 must be approved first.
 *
 * @param token The market's base or quote; zero address: the native coin, which travels with the call.
 */
export function depositMarginCall(deployment: BookDeployment, id: Hex, token: Address, amount: bigint): ContractCall {
  return bookCall(deployment, 'depositMargin', [id, token, amount], token === zeroAddress ? amount : 0n)
}

/** Puts `amount` base units of the sender's balance in the book's vault into his margin. */
export function fundMarginCall(deployment: BookDeployment, id: Hex, token: Address, amount: bigint): ContractCall {
  return bookCall(deployment, 'fundMargin', [id, token, amount])
}

/** Asks for margin back, in base units of either token: orders from this batch on no longer count on it. */
export function requestWithdrawalCall(
  deployment: BookDeployment,
  id: Hex,
  { base, quote }: { base: bigint; quote: bigint },
): ContractCall {
  return bookCall(deployment, 'requestWithdrawal', [id, base, quote])
}

/** Credits the trader's vault balance with what he asked for, once its batch is final or void. Anyone may send it. */
export function executeWithdrawalCall(deployment: BookDeployment, id: Hex, trader: Address): ContractCall {
  return bookCall(deployment, 'executeWithdrawal', [id, trader])
}

/** Sends `amount` base units of the sender's balance in the book's vault to `to`. */
export function withdrawFromBookCall(
  deployment: BookDeployment,
  token: Address,
  amount: bigint,
  to: Address,
): ContractCall {
  return bookCall(deployment, 'withdraw', [token, amount, to])
}
