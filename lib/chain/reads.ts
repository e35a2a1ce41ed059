import { decodeFunctionResult, encodeFunctionData, type Address, type Hex } from 'viem'
import { sealedAuctionsAbi } from '../abi/sealedAuctions'
import type { BlockId, ChainConnection } from './connection'
import type { Deployment } from './deployment'

/** One bidder's slot: the live leaf (zero: none), and the mark of the settlement of `round`. */
export type BidSlot = { leaf: Hex; round: number; fill: number; payment: bigint }

/** Reads where one bidder's live bid is kept. */
export async function readBidSlot(
  connection: ChainConnection,
  deployment: Deployment,
  bid: { id: Hex; bidder: Address; slot: number },
  block?: BlockId,
): Promise<BidSlot> {
  const call = { abi: sealedAuctionsAbi, functionName: 'getBidSlot' as const }
  const data = encodeFunctionData({ ...call, args: [bid.id, bid.bidder, bid.slot] })
  const answer = await connection.call({ to: deployment.contracts.auctions, data, method: 'getBidSlot' }, block)
  return decodeFunctionResult({ ...call, data: answer })
}

/** Base units of `token` (zero address: native coin) that `account` can bid with or withdraw. */
export async function readVaultBalance(
  connection: ChainConnection,
  deployment: Deployment,
  token: Address,
  account: Address,
  block?: BlockId,
): Promise<bigint> {
  const call = { abi: sealedAuctionsAbi, functionName: 'balanceOf' as const }
  const data = encodeFunctionData({ ...call, args: [token, account] })
  const answer = await connection.call({ to: deployment.contracts.auctions, data, method: 'balanceOf' }, block)
  return decodeFunctionResult({ ...call, data: answer })
}

/** The nonce of the next auction `seller` creates: with it, `auctionIdOf` tells the id beforehand. */
export async function readSellerNonce(
  connection: ChainConnection,
  deployment: Deployment,
  seller: Address,
  block?: BlockId,
): Promise<bigint> {
  const call = { abi: sealedAuctionsAbi, functionName: 'sellerNonce' as const }
  const data = encodeFunctionData({ ...call, args: [seller] })
  const answer = await connection.call({ to: deployment.contracts.auctions, data, method: 'sellerNonce' }, block)
  return decodeFunctionResult({ ...call, data: answer })
}
