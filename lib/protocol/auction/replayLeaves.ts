import { keccak256 } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { ZERO_HASH } from '../constants'
import { SubrosaError } from '../errors'
import { fold } from './accumulator'
import { bidLeaf, cancelLeaf } from './leaf'
import type { AuctionsDomain } from './params'

/** A bid as its event has it. `sealed` is the 257-byte blob; `slot` is not in the leaf. PROTOCOL.md section 5. */
export interface PlacedBid {
  type: 'BidPlaced'
  id: Hex
  bidder: Address
  seq: number
  slot: number
  /** Base units of the payment token. */
  collateral: bigint
  points: number
  creditBps: number
  x: bigint
  y: bigint
  sealed: Hex
}

/** A withdrawal as its event has it: `seq` is its own place among the leaves, `cancelledSeq` the bid it takes back. */
export interface CancelledBid {
  type: 'BidCancelled'
  id: Hex
  bidder: Address
  seq: number
  slot: number
  cancelledSeq: number
}

export type LeafEvent = PlacedBid | CancelledBid

/** A bid with its ciphertext, its leaf and what became of it before the close. */
export type ReplayedBid = Omit<PlacedBid, 'type' | 'id'> & { sealedHash: Hex; leaf: Hex; state: 'live' | 'cancelled' }

export interface ReplayedLeaves {
  /** Every bid ever placed, by seq; cancelled and replaced ones included. */
  bids: ReplayedBid[]
  /** Those that count, by seq. */
  live: ReplayedBid[]
  acc: Hex
  /** Leaves: bids and cancellations. */
  count: number
}

/**
 * Replays an auction's bids and withdrawals and folds their leaves, so that they can be held against the accumulator
 * in the contract's storage. PROTOCOL.md section 5.
 *
 * @param events Those of this auction, in the chain's order.
 * @param expected What storage says; left out, nothing is compared.
 * @throws SubrosaError HISTORY_MISMATCH where the events cannot be one auction's full list, or are not `expected`.
 */
export function replayLeaves(
  domain: AuctionsDomain,
  id: Hex,
  events: readonly LeafEvent[],
  expected?: { acc: Hex; count: number },
): ReplayedLeaves {
  const bySeq = new Map<number, ReplayedBid>()
  let acc: Hex = ZERO_HASH
  events.forEach((event, index) => {
    if (event.id !== id) throw mismatch(`an event of ${event.id} among those of ${id}`)
    if (event.seq !== index) throw mismatch(`leaf ${index} is missing`)
    if (event.type === 'BidPlaced') {
      const bid = replayedBid(domain, event)
      bySeq.set(bid.seq, bid)
      acc = fold(acc, bid.leaf)
      return
    }
    const cancelled = bySeq.get(event.cancelledSeq)
    if (cancelled?.state !== 'live' || cancelled.bidder !== event.bidder || cancelled.slot !== event.slot) {
      throw mismatch(`leaf ${event.seq} cancels bid ${event.cancelledSeq}, which is not a live one of its sender`)
    }
    cancelled.state = 'cancelled'
    acc = fold(acc, cancelLeaf(domain, event))
  })
  const count = events.length
  if (expected && (expected.acc !== acc || expected.count !== count)) {
    throw mismatch(`${count} leaves fold to ${acc}, storage has ${expected.count} and ${expected.acc}`)
  }
  const bids = [...bySeq.values()]
  return { bids, live: bids.filter((bid) => bid.state === 'live'), acc, count }
}

function replayedBid(domain: AuctionsDomain, event: PlacedBid): ReplayedBid {
  const { seq, slot, bidder, collateral, points, creditBps, x, y, sealed } = event
  const sealedHash = keccak256(sealed)
  const leaf = bidLeaf(domain, { ...event, sealedHash })
  return { seq, slot, bidder, collateral, points, creditBps, x, y, sealedHash, sealed, leaf, state: 'live' }
}

function mismatch(details: string): SubrosaError {
  return new SubrosaError('HISTORY_MISMATCH', { details })
}
