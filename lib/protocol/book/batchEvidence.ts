import type { Address, Hex } from 'viem'
import type { BookDomain, MarketParams } from './market'
import type { PlacedMoney, StandingSettlement, ChainPlace } from './marginAt'
import type { BookLeafEvent } from './replayBatches'
import type { BatchSettlement, Fill } from './settlement'

/** A settled batch as the contract's storage has it. `priceBefore` and `hadTraded`: the last price it found. */
export interface StoredBatch {
  acc: Hex
  count: number
  fillsHash: Hex
  price: number
  priceBefore: number
  hadTraded: boolean
}

/** Everything that a batch's settlement is judged by: public, read from a chain. PROTOCOL.md section 11. */
export interface BatchEvidence {
  domain: BookDomain
  /** `MarketCreated`. */
  creator: Address
  creatorNonce: bigint
  params: MarketParams
  /** `OrderPlaced` and `OrderCancelled` of the market from its beginning, in the chain's order, to the batch's end at least. */
  leaves: readonly BookLeafEvent[]
  /** `MarginDeposited`, `WithdrawalRequested` and `MarginWithdrawn` of the market, in the chain's order. */
  money: readonly PlacedMoney[]
  /** Settlements of earlier batches that stand, in order. */
  earlier: readonly StandingSettlement[]
  /** `BatchSettled`, and where it is. */
  settlement: BatchSettlement
  fills: readonly Fill[]
  at: ChainPlace
  signer: Address
  /** From the transaction's data; null where another contract passed it on, and it is not there to read. */
  signature: Hex | null
  /** Whether the registry admitted `signer` for the batch's key in the settlement's block. */
  signerAdmitted: boolean
  /** Strikes in the market before the settlement. */
  strikes: number
  stored: StoredBatch
  /** `BatchFinalized`: the fees credited, in base units of quote; null before. */
  finalizedFees: bigint | null
}
