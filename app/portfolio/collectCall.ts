import type { Address } from 'viem'
import { claimCall, claimLotCall, claimProceedsCall, reclaimLotCall } from '../../lib/chain/calls/claims'
import type { ContractCall } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import type { Collectable } from './collectables'

/** The contract call that collects one thing for its owner. */
export function collectCall(deployment: Deployment, thing: Collectable, account: Address): ContractCall {
  const { auctionId: id } = thing
  switch (thing.kind) {
    case 'collateral': {
      const { bid } = thing
      return claimCall(deployment, id, {
        ...bid,
        collateral: BigInt(bid.collateral),
        x: BigInt(bid.x),
        y: BigInt(bid.y),
      })
    }
    case 'lot':
      return claimLotCall(deployment, { id, bidder: account, slot: thing.slot, to: account })
    case 'proceeds':
      return claimProceedsCall(deployment, id)
    case 'unsold':
      return reclaimLotCall(deployment, id, account)
  }
}
