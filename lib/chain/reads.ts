import { decodeFunctionResult, encodeFunctionData, type Address } from 'viem'
import { sealedAuctionsAbi } from '../abi/sealedAuctions'
import type { BlockId, ChainConnection } from './connection'
import type { AuctionDeployment } from './deployment'

/** Base units of `token` (zero address: native coin) that `account` can bid with or withdraw. */
export async function readVaultBalance(
  connection: ChainConnection,
  deployment: AuctionDeployment,
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
  deployment: AuctionDeployment,
  seller: Address,
  block?: BlockId,
): Promise<bigint> {
  const call = { abi: sealedAuctionsAbi, functionName: 'sellerNonce' as const }
  const data = encodeFunctionData({ ...call, args: [seller] })
  const answer = await connection.call({ to: deployment.contracts.auctions, data, method: 'sellerNonce' }, block)
  return decodeFunctionResult({ ...call, data: answer })
}
