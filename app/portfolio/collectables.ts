import type { Address, Hex } from 'viem'
import type { AccountBid } from '../api/v1/_schemas/account'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import { sameHex } from '../_format/hex'

/** A bid as a claim names it; numbers too long for JSON as decimal strings. */
export type ClaimedBid = {
  seq: number
  slot: number
  bidder: Address
  collateral: string
  points: number
  creditBps: number
  x: string
  y: string
  sealedHash: Hex
}

/** Something an account can collect now. `amount` in base units of `token`. */
export type Collectable = { auctionId: Hex } & (
  | { kind: 'collateral'; token: Address; amount: string; bid: ClaimedBid }
  | { kind: 'lot'; slot: number }
  | { kind: 'proceeds'; token: Address; amount: string }
  | { kind: 'unsold' }
)

type Facts = {
  address: Address
  bids: readonly AccountBid[]
  sales: readonly AuctionDetail[]
  /** An auction that a bid is in, with what its settlement gave. */
  auctionOf: (id: Hex) => AuctionDetail | undefined
}

/** All that a settlement or a void auction left for an account to collect. A keeper usually has it sent already. */
export function collectables({ address, bids, sales, auctionOf }: Facts): Collectable[] {
  return [...bids.flatMap((entry) => fromBid(entry, address, auctionOf)), ...sales.flatMap(fromSale)]
}

function fromBid({ bid, auction }: AccountBid, address: Address, auctionOf: Facts['auctionOf']): Collectable[] {
  const { id: auctionId, phase, params } = auction
  if (bid.state !== 'live' || (phase !== 'final' && phase !== 'voided')) return []
  const found: Collectable[] = []
  const { seq, slot, bidder, collateral, points, creditBps, x, y, sealedHash } = bid
  if (!bid.claim) {
    const amount = (BigInt(collateral) - BigInt(phase === 'final' ? (bid.won?.payment ?? 0) : 0)).toString()
    const claimed = { seq, slot, bidder, collateral, points, creditBps, x, y, sealedHash }
    found.push({ kind: 'collateral', auctionId, token: params.paymentToken, amount, bid: claimed })
  }
  const won = auctionOf(auctionId)?.winners.find((winner) => winner.seq === seq && sameHex(winner.bidder, address))
  if (phase === 'final' && won && !won.lotClaimed) found.push({ kind: 'lot', auctionId, slot })
  return found
}

function fromSale(auction: AuctionDetail): Collectable[] {
  const { id: auctionId, phase, params, winners, proceedsClaimed, lotsReclaimed, settlement } = auction
  if (phase !== 'final' && phase !== 'voided') return []
  const found: Collectable[] = []
  const proceeds = winners.reduce((sum, { payment }) => sum + BigInt(payment), 0n)
  if (phase === 'final' && proceeds > 0n && proceedsClaimed === null) {
    found.push({ kind: 'proceeds', auctionId, token: params.paymentToken, amount: proceeds.toString() })
  }
  const sold = phase === 'final' ? (settlement?.totalFilled ?? 0) : 0
  if (sold + lotsReclaimed < params.supply) found.push({ kind: 'unsold', auctionId })
  return found
}
