import type { AuctionParams } from '../../protocol/auction/params'
import type { ContractCall } from '../connection'
import type { Deployment } from '../deployment'
import { auctionCall } from './auctionCall'

/** Opens an auction; the lot must be approved to the auction contract first. The event AuctionCreated names its id. */
export function createAuctionCall(deployment: Deployment, params: AuctionParams): ContractCall {
  return auctionCall(deployment, 'createAuction', [params])
}
