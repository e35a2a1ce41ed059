import { zeroAddress, type Address } from 'viem'
import type { ContractCall } from '../connection'
import type { Deployment } from '../deployment'
import { auctionCall } from './auctionCall'

/** Adds `amount` base units of `token` (zero address: native coin) to the sender's balance. */
export function depositCall(deployment: Deployment, token: Address, amount: bigint): ContractCall {
  return auctionCall(deployment, 'deposit', [token, amount], token === zeroAddress ? amount : 0n)
}

/** Sends `amount` base units of the sender's balance to `to`. */
export function withdrawCall(deployment: Deployment, token: Address, amount: bigint, to: Address): ContractCall {
  return auctionCall(deployment, 'withdraw', [token, amount, to])
}
