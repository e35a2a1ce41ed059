import { keccak256, type Hex } from 'viem'
import { replayLeaves, type ReplayedBid, type ReplayedLeaves } from '../protocol/auction/replayLeaves'
import type { Bid } from './bid'
import type { ContractDomain } from './deployment'
import type { BidCancelled, BidPlaced } from './events'

/** A bid with its ciphertext, its leaf and what became of it before the close. */
export type RebuiltBid = ReplayedBid

export type RebuiltBids = ReplayedLeaves

/**
 * Rebuilds an auction's bids from its events: `replayLeaves`, for events as this folder decodes them.
 *
 * @throws SubrosaError HISTORY_MISMATCH where the events cannot be one auction's full list, or are not `expected`.
 */
export function rebuildBids(
  domain: ContractDomain,
  id: Hex,
  events: readonly (BidPlaced | BidCancelled)[],
  expected?: { acc: Hex; count: number },
): RebuiltBids {
  return replayLeaves(domain, id, events, expected)
}

/** A bid's fields as the contract takes them, without what was added here. */
export function toBid({ seq, slot, bidder, collateral, points, creditBps, x, y, sealedHash }: Bid): Bid {
  return { seq, slot, bidder, collateral, points, creditBps, x, y, sealedHash }
}

/** The bid that an event placed, as the contract takes it. */
export function placedBid(event: Omit<Bid, 'sealedHash'> & { sealed: Hex }): Bid {
  return toBid({ ...event, sealedHash: keccak256(event.sealed) })
}
