import type { Address, Hex } from 'viem'
import type { Bid } from '../bid'
import type { ContractCall } from '../connection'
import type { Deployment } from '../deployment'
import { auctionCall } from './auctionCall'

/** Once final or void: credits the bidder's vault balance with his collateral less what he pays. Anyone may send it. */
export function claimCall(deployment: Deployment, id: Hex, bid: Bid): ContractCall {
  return auctionCall(deployment, 'claim', [id, bid])
}

/** Once final: sends a winner his lots. Anyone may send them to `bidder`; he alone to another `to`. */
export function claimLotCall(
  deployment: Deployment,
  claim: { id: Hex; bidder: Address; slot: number; to: Address },
): ContractCall {
  return auctionCall(deployment, 'claimLot', [claim.id, claim.bidder, claim.slot, claim.to])
}

/** Once final: credits the seller's vault balance with the payments. Anyone may send it. */
export function claimProceedsCall(deployment: Deployment, id: Hex): ContractCall {
  return auctionCall(deployment, 'claimProceeds', [id])
}

/** Once final or void: sends unsold lots back. Anyone may send them to the seller; he alone to another `to`. */
export function reclaimLotCall(deployment: Deployment, id: Hex, to: Address): ContractCall {
  return auctionCall(deployment, 'reclaimLot', [id, to])
}
