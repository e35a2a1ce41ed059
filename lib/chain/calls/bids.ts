import { zeroAddress, type Address, type Hex } from 'viem'
import type { Bid, BidInput } from '../bid'
import type { ContractCall } from '../connection'
import type { Deployment } from '../deployment'
import { auctionCall } from './auctionCall'

/** A bid whose collateral comes from the bidder's vault balance. */
export function placeBidCall(deployment: Deployment, input: BidInput): ContractCall {
  return auctionCall(deployment, 'placeBid', [input])
}

/**
 * A deposit of `amount` base units and a bid, in one transaction. An ERC-20 must be approved first.
 *
 * @param paymentToken The auction's; zero address: the native coin, which travels with the call.
 */
export function depositAndBidCall(
  deployment: Deployment,
  input: BidInput,
  amount: bigint,
  paymentToken: Address,
): ContractCall {
  return auctionCall(deployment, 'depositAndBid', [input, amount], nativeValue(amount, paymentToken))
}

/** As `depositAndBidCall`, with an EIP-2612 permit for `amount` base units in place of an approval. ERC-20 only. */
export function depositAndBidWithPermitCall(
  deployment: Deployment,
  input: BidInput,
  amount: bigint,
  { deadline, v, r, s }: { deadline: bigint; v: number; r: Hex; s: Hex },
): ContractCall {
  return auctionCall(deployment, 'depositAndBidWithPermit', [input, amount, deadline, v, r, s])
}

/** Takes `old` back and places `input`; `amount` base units (0: none) are deposited first. */
export function replaceBidCall(
  deployment: Deployment,
  old: Bid,
  input: BidInput,
  amount: bigint,
  paymentToken: Address,
): ContractCall {
  return auctionCall(deployment, 'replaceBid', [old, input, amount], nativeValue(amount, paymentToken))
}

/** Takes a live bid back before the close. */
export function cancelBidCall(deployment: Deployment, id: Hex, bid: Bid): ContractCall {
  return auctionCall(deployment, 'cancelBid', [id, bid])
}

function nativeValue(amount: bigint, paymentToken: Address): bigint {
  return paymentToken === zeroAddress ? amount : 0n
}
