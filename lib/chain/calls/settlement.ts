import type { Hex } from 'viem'
import type { AuctionSettlement } from '../../protocol/auction/settlement'
import type { SettlementWitness } from '../bid'
import type { ContractCall } from '../connection'
import type { Deployment } from '../deployment'
import { auctionCall } from './auctionCall'

/** Records an outcome signed by an enclave. PROTOCOL.md section 7. */
export function settleCall(
  deployment: Deployment,
  settlement: AuctionSettlement,
  signature: Hex,
  witness: SettlementWitness,
): ContractCall {
  return auctionCall(deployment, 'settle', [settlement, signature, witness])
}

/** Ends an auction that cannot settle: no live bid at the close, past `settleBy`, or its key revoked. */
export function voidAuctionCall(deployment: Deployment, id: Hex): ContractCall {
  return auctionCall(deployment, 'voidAuction', [id])
}
