import { bytesToHex } from 'viem'
import type { BidRecord, LeafRecord } from '../../../../lib/db/bids'
import type { Bid, Leaf } from '../_schemas/bid'
import { toAddress, toHash, toOrigin } from './hex'

const STATES = { LIVE: 'live', CANCELLED: 'cancelled', REPLACED: 'replaced' } as const

/** The public part of a bid. */
export function toBidView(bid: BidRecord): Bid {
  const { auctionId: _auctionId, ...shown } = bid
  return {
    ...shown,
    bidder: toAddress(bid.bidder),
    collateral: bid.collateral.toString(),
    x: bid.x.toString(),
    y: bid.y.toString(),
    sealed: bytesToHex(bid.sealed),
    sealedHash: toHash(bid.sealedHash),
    leaf: toHash(bid.leaf),
    state: STATES[bid.state],
    won: bid.won && { fill: bid.won.fill, payment: bid.won.payment.toString() },
    claim: bid.claim && {
      refund: bid.claim.refund.toString(),
      payment: bid.claim.payment.toString(),
      origin: toOrigin(bid.claim.origin),
    },
    origin: toOrigin(bid.origin),
  }
}

/** A bid or a cancellation. */
export function toLeafView(record: LeafRecord): Leaf {
  if (record.kind === 'bid') return toBidView(record)
  const { auctionId: _auctionId, ...shown } = record
  return { ...shown, bidder: toAddress(record.bidder), leaf: toHash(record.leaf), origin: toOrigin(record.origin) }
}
