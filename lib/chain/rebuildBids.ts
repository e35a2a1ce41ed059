import { keccak256, type Hex } from 'viem'
import { fold } from '../protocol/auction/accumulator'
import { bidLeaf, cancelLeaf } from '../protocol/auction/leaf'
import { ZERO_HASH } from '../protocol/constants'
import { SubrosaError } from '../protocol/errors'
import type { Bid } from './bid'
import type { ContractDomain } from './deployment'
import type { BidCancelled, BidPlaced } from './events'

/** A bid with its ciphertext, its leaf and what became of it before the close. */
export type RebuiltBid = Bid & { sealed: Hex; leaf: Hex; state: 'live' | 'cancelled' }

export type RebuiltBids = {
  /** Every bid ever placed, by seq; cancelled and replaced ones included. */
  bids: RebuiltBid[]
  /** Those that count, by seq. */
  live: RebuiltBid[]
  acc: Hex
  /** Leaves: bids and cancellations. */
  count: number
}

/**
 * Rebuilds an auction's bids from its events and folds their leaves, so that they can be held against the
 * accumulator in the contract's storage. PROTOCOL.md section 5.
 *
 * @param events BidPlaced and BidCancelled of this auction, in the chain's order.
 * @param expected What storage says; left out, nothing is compared.
 * @throws SubrosaError HISTORY_MISMATCH where the events cannot be one auction's full list, or are not `expected`.
 */
export function rebuildBids(
  domain: ContractDomain,
  id: Hex,
  events: readonly (BidPlaced | BidCancelled)[],
  expected?: { acc: Hex; count: number },
): RebuiltBids {
  const bySeq = new Map<number, RebuiltBid>()
  let acc: Hex = ZERO_HASH
  events.forEach((event, index) => {
    if (event.id !== id) throw mismatch(`an event of ${event.id} among those of ${id}`)
    if (event.seq !== index) throw mismatch(`leaf ${index} is missing`)
    if (event.type === 'BidPlaced') {
      const bid = rebuiltBid(domain, event)
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

function rebuiltBid(domain: ContractDomain, event: BidPlaced): RebuiltBid {
  const { id, seq, slot, bidder, collateral, x, y, sealed } = event
  const sealedHash = keccak256(sealed)
  const leaf = bidLeaf(domain, { id, seq, bidder, collateral, x, y, sealedHash })
  return { seq, slot, bidder, collateral, x, y, sealedHash, sealed, leaf, state: 'live' }
}

/** A bid's fields as the contract takes them, without what was added here. */
export function toBid({ seq, slot, bidder, collateral, x, y, sealedHash }: Bid): Bid {
  return { seq, slot, bidder, collateral, x, y, sealedHash }
}

function mismatch(details: string): SubrosaError {
  return new SubrosaError('HISTORY_MISMATCH', { details })
}
