import type { Address, Hex } from 'viem'
import type { LeafEvent } from '../auction/replayLeaves'
import type { AuctionParams, AuctionsDomain } from '../auction/params'
import type { AuctionSettlement } from '../auction/settlement'

/** What a settlement gave a bid, as `BidWon` has it. `payment` in base units of the payment token. */
export interface WonBid {
  seq: number
  fill: number
  payment: bigint
}

/** What the chain shows of a bid, as `BidOpened` has it. `price` in ticks. */
export interface OpenedBid {
  seq: number
  price: number
  quantity: number
  rho: Hex
}

/** What the contract's storage holds after the settlement. */
export interface StoredOutcome {
  acc: Hex
  count: number
  paramsHash: Hex
  round: number
  clearingPrice: number
  totalFilled: number
  marginalSeq: number
  isSettled: boolean
}

/** Everything that a settlement is judged by: read from a chain, but for the bundle, which may come from anyone. */
export interface SettlementEvidence {
  domain: AuctionsDomain
  /** `AuctionCreated`. */
  params: AuctionParams
  /** `BidPlaced` and `BidCancelled` of the auction, in the chain's order. */
  leaves: readonly LeafEvent[]
  /** `AuctionSettled`. */
  settlement: AuctionSettlement
  signer: Address
  marginalSeq: number
  /** `BidWon` and `BidOpened` of the same transaction, in its order. */
  winners: readonly WonBid[]
  openings: readonly OpenedBid[]
  /** From the transaction's data; null where another contract passed it on, and it is not there to read. */
  signature: Hex | null
  /** Whether the registry admitted `signer` for the auction's key in the settlement's block. */
  signerAdmitted: boolean
  /** The registry's key of `params.keyId`, 65 bytes uncompressed. */
  sealingKey: Hex
  stored: StoredOutcome
  /** Null where nobody has it: what it would have shown is then unproven. */
  bundle: Uint8Array | null
}
