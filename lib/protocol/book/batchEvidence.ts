import type { Address, Hex } from 'viem'
import type { MarketParams, BookDomain } from './market'
import type { ChainPlace } from './marginAt'
import type { BookLeafEvent } from './replayBatches'
import type { BatchSettlement, Fill } from './settlement'

/** `MarketCreated`. `startsAt` in Unix seconds: batch 1 begins there. */
export interface CreatedMarket {
  params: MarketParams
  creator: Address
  nonce: bigint
  startsAt: bigint
}

/** What moved margin, or was asked for, as the market's events have it; in base units. */
export type MoneyLog = ChainPlace & { trader: Address } & (
    | { type: 'MarginDeposited'; batchId: bigint; token: Address; amount: bigint }
    | { type: 'WithdrawalRequested'; batchId: bigint; base: bigint; quote: bigint }
    | { type: 'MarginWithdrawn'; base: bigint; quote: bigint }
  )

/** `BatchSettled`. `challengeUntil` in Unix seconds: the block's time and the challenge window. */
export type SettledLog = ChainPlace & {
  type: 'BatchSettled'
  batchId: bigint
  signer: Address
  challengeUntil: bigint
  settlement: BatchSettlement
  fills: readonly Fill[]
}

/** What became of batches, as the market's events have it. */
export type BatchLog =
  | SettledLog
  /**
   * `at`: the block's time, Unix seconds. `signer`: the zero address where nobody is blamed. `movedUntil`: what it moved
   * deadlines to, 0 where it moved none.
   */
  | (ChainPlace & { type: 'BatchStruck'; batchId: bigint; signer: Address; movedUntil: bigint; at: bigint })
  | (ChainPlace & { type: 'BatchVoided'; batchId: bigint })
  /** `fees` in base units of quote. */
  | (ChainPlace & { type: 'BatchFinalized'; batchId: bigint; fees: bigint })

/** The contract's storage at one block. What a batch's own storage says is of its newest settlement, struck or not. */
export interface StoredBook {
  market: {
    params: MarketParams
    creator: Address
    startsAt: bigint
    /** Fills that a batch may have. */
    maxFills: number
    strikes: number
    moves: number
    head: bigint
    toSettle: bigint
  }
  batch: {
    acc: Hex
    count: number
    keyId: Hex
    /** What the contract says now that the batch's key is, by the clock; zero for none. */
    keyByClock: Hex
    /** Whether the registry knows it, and it is not revoked. */
    isKeyKnown: boolean
    /** 0 open or settled, 1 final, 2 void. */
    status: number
    price: number
    priceBefore: number
    /** The settlement's EIP-712 digest. */
    settlementHash: Hex
    challengeUntil: bigint
    signer: Address
  }
  /** Of each order with a fill, by leaf; null where the contract knows none. `cancelledIn` 0 for never. */
  orders: ReadonlyMap<Hex, { trader: Address; placedIn: bigint; cancelledIn: bigint; filled: number } | null>
  /** Of each trader with a fill, by address in lower case: as the last final batch left it. */
  margins: ReadonlyMap<string, { base: bigint; quote: bigint }>
}

/** Everything that a batch is judged by: read from a chain, and from nowhere else. PROTOCOL.md section 11. */
export interface BatchEvidence {
  domain: BookDomain
  marketId: Hex
  batchId: bigint
  market: CreatedMarket
  /** The market's orders and cancellations from its beginning, in the chain's order; so with the next two. */
  leaves: readonly BookLeafEvent[]
  money: readonly MoneyLog[]
  steps: readonly BatchLog[]
  /** From the settling transaction's data; null where it is not there to read. */
  signature: Hex | null
  /** Whether the registry had admitted the signer for the batch's key before the settlement, and not revoked the key. */
  isSignerAdmitted: boolean
  /** The time of the block that made the batch final, Unix seconds; null where none did. */
  finalizedAt: bigint | null
  stored: StoredBook
  /** The time of the block whose storage was read, Unix seconds. */
  now: bigint
}
