import type { Address, Hex } from 'viem'

/**
 * A bid as its leaf has it, plus the slot that keeps it: Solidity's `Bid`. PROTOCOL.md section 5.
 * `collateral` in base units of the payment token.
 */
export type Bid = {
  seq: number
  slot: number
  bidder: Address
  collateral: bigint
  points: number
  creditBps: number
  x: bigint
  y: bigint
  sealedHash: Hex
}

/** What a bidder sends: Solidity's `BidInput`. `paramsHash` pins the terms he saw. */
export type BidInput = {
  id: Hex
  paramsHash: Hex
  slot: number
  collateral: bigint
  x: bigint
  y: bigint
  sealedBid: Hex
}

/** A commitment's opening, public from settlement on. `price` in ticks. */
export type Opening = { price: number; quantity: number; rho: Hex }

/** What goes with a settlement: Solidity's `SettlementWitness`. PROTOCOL.md section 7. */
export type SettlementWitness = {
  winners: { bid: Bid; fill: number }[]
  runnersUp: Bid[]
  openings: Opening[]
}
