import type { Address, Hex } from 'viem'
import type { Bid } from '../chain/bid'
import type { AuctionEvent, AuctionEventOf } from '../chain/events'
import { placedBid } from '../chain/rebuildBids'
import type { AuctionParams } from '../protocol/auction/params'

/** What is still to be done about one auction, as its final events tell. */
export type TrackedAuction = {
  id: Hex
  seller: Address
  /** Of its parameters, what decides when something is due. */
  params: Pick<AuctionParams, 'keyId' | 'closesAt' | 'settleBy' | 'supply'>
  status: 'open' | 'settled' | 'voided'
  /** Bids whose collateral is still locked, by seq. */
  locked: Map<number, Bid>
  /** Winners whose lots are still in custody. */
  unsent: { bidder: Address; slot: number }[]
  /** Unix seconds; 0 until settled. */
  challengeUntil: bigint
  /** Lots that go back to the seller, once it is over. */
  unsoldLots: number
  /** Base units that the seller is owed. */
  proceeds: bigint
}

/**
 * The auctions that need a keeper. It holds only what final blocks say, so a reorganisation cannot mislead it, and a
 * restart rebuilds it. Auctions with nothing left to do are forgotten.
 */
export class AuctionBook {
  readonly #auctions = new Map<Hex, TrackedAuction>()

  constructor(auctions: Iterable<TrackedAuction> = []) {
    for (const auction of auctions) this.#auctions.set(auction.id, auction)
  }

  get auctions(): Iterable<TrackedAuction> {
    return this.#auctions.values()
  }

  get size(): number {
    return this.#auctions.size
  }

  /** Takes in the events of final blocks, in order. */
  apply(event: AuctionEvent): void {
    if (!('id' in event)) return
    if (event.type === 'AuctionCreated') this.#auctions.set(event.id, newAuction(event))
    const auction = this.#auctions.get(event.id)
    if (!auction) return
    update(auction, event)
    if (isOver(auction)) this.#auctions.delete(event.id)
  }
}

function newAuction({ id, seller, params }: AuctionEventOf<'AuctionCreated'>): TrackedAuction {
  const empty = { locked: new Map<number, Bid>(), unsent: [], challengeUntil: 0n, proceeds: 0n }
  const { keyId, closesAt, settleBy, supply } = params
  return { id, seller, params: { keyId, closesAt, settleBy, supply }, status: 'open', unsoldLots: supply, ...empty }
}

function update(auction: TrackedAuction, event: AuctionEvent): void {
  switch (event.type) {
    case 'BidPlaced': {
      auction.locked.set(event.seq, placedBid(event))
      break
    }
    case 'BidCancelled':
      auction.locked.delete(event.cancelledSeq)
      break
    case 'AuctionSettled':
      auction.status = 'settled'
      auction.challengeUntil = event.challengeUntil
      auction.unsoldLots = auction.params.supply - event.settlement.totalFilled
      break
    case 'BidWon':
      auction.unsent.push({ bidder: event.bidder, slot: event.slot })
      auction.proceeds += event.payment
      break
    case 'AuctionVoided':
      auction.status = 'voided'
      break
    case 'BidClaimed':
      auction.locked.delete(event.seq)
      break
    case 'LotClaimed':
      auction.unsent = auction.unsent.filter(({ bidder }) => bidder !== event.bidder)
      break
    case 'ProceedsClaimed':
      auction.proceeds = 0n
      break
    case 'LotReclaimed':
      auction.unsoldLots -= event.lots
      break
  }
}

function isOver({ status, locked, unsent, proceeds, unsoldLots }: TrackedAuction): boolean {
  return status !== 'open' && locked.size === 0 && unsent.length === 0 && proceeds === 0n && unsoldLots === 0
}
