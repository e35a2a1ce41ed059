import { erc20Abi, erc721Abi, parseAbi, type Address, type Hex, type PublicClient } from 'viem'
import { approveEditionsCall, approveLotCall, approveTokenCall } from '../../../lib/chain/calls/approvals'
import { createAuctionCall } from '../../../lib/chain/calls/createAuction'
import type { ChainConnection, ContractCall } from '../../../lib/chain/connection'
import { auctionDomain, type Deployment } from '../../../lib/chain/deployment'
import { readSellerNonce } from '../../../lib/chain/reads'
import { auctionIdOf, type AuctionParams } from '../../../lib/protocol/auction/params'
import { sameHex } from '../../_format/hex'
import type { Flow } from '../../_transaction/flow'

const erc1155Abi = parseAbi(['function isApprovedForAll(address account, address operator) view returns (bool)'])

type Tools = { client: PublicClient; chain: ChainConnection; deployment: Deployment; flow: Flow }

/**
 * Lets the contract take the lot, unless it already may, and opens the auction.
 * @returns its id, which depends on nothing but the seller and how many he opened before.
 */
export async function createAuction(params: AuctionParams, seller: Address, tools: Tools): Promise<Hex> {
  const { client, chain, deployment, flow } = tools
  const approval = await neededApproval(client, deployment, params, seller)
  if (approval) await flow.send(approval, 'Allow the contract to take the lot')
  const id = auctionIdOf(auctionDomain(deployment), seller, await readSellerNonce(chain, deployment, seller))
  await flow.send(createAuctionCall(deployment, params), 'Open the auction')
  return id
}

async function neededApproval(
  client: PublicClient,
  deployment: Deployment,
  params: AuctionParams,
  seller: Address,
): Promise<ContractCall | null> {
  const { lotKind, lotToken: address, lotTokenId, lotSize } = params
  const spender = deployment.contracts.auctions
  if (lotKind === 0) {
    const call = { address, abi: erc721Abi, functionName: 'getApproved', args: [lotTokenId] } as const
    return sameHex(await client.readContract(call), spender) ? null : approveLotCall(deployment, address, lotTokenId)
  }
  if (lotKind === 1) {
    const call = { address, abi: erc1155Abi, functionName: 'isApprovedForAll', args: [seller, spender] } as const
    return (await client.readContract(call)) ? null : approveEditionsCall(deployment, address)
  }
  const call = { address, abi: erc20Abi, functionName: 'allowance', args: [seller, spender] } as const
  return (await client.readContract(call)) >= lotSize ? null : approveTokenCall(deployment, address, lotSize)
}
