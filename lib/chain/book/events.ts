import type { Address, Hex } from 'viem'
import type { Event, VaultEvent } from '../events'
import type { BatchSettlement, Fill } from '../../protocol/book/settlement'
import type { MarketParams } from '../../protocol/book/market'

/** `startsAt` in Unix seconds: batch 1 begins there. */
export type MarketCreated = Event<
  'MarketCreated',
  { id: Hex; creator: Address; nonce: bigint; params: MarketParams; startsAt: bigint }
>

/** An order as it was placed. `sealed` is the 257-byte blob, which exists nowhere but in this event. */
export type OrderPlaced = Event<
  'OrderPlaced',
  {
    id: Hex
    trader: Address
    batchId: bigint
    /** Its place among the batch's leaves, cancellations included. */
    seq: number
    keyId: Hex
    x: bigint
    y: bigint
    sealed: Hex
  }
>

/** From `batchId` on the order of `leaf` does not trade; `seq` is the cancellation's own place among the leaves. */
export type OrderCancelled = Event<
  'OrderCancelled',
  { id: Hex; trader: Address; batchId: bigint; seq: number; leaf: Hex }
>

/** From `batchId` on none of the trader's orders of earlier batches trades; `seq` is its own place among the leaves. */
export type AllCancelled = Event<'AllCancelled', { id: Hex; trader: Address; batchId: bigint; seq: number }>

/** `challengeUntil` in Unix seconds. The fills are nowhere else but in the call. */
export type BatchSettled = Event<
  'BatchSettled',
  {
    id: Hex
    batchId: bigint
    signer: Address
    challengeUntil: bigint
    settlement: BatchSettlement
    fills: readonly Fill[]
  }
>

/**
 * This batch and every later unfinal one are unsettled again. `signer`: whose settlement it was, barred from now on; the
 * zero address where nobody is blamed. `strikes`: how many the market has had. `movedUntil`: Unix seconds until which those
 * that have ended may be settled at least; 0 where no deadline moves.
 */
export type BatchStruck = Event<
  'BatchStruck',
  { id: Hex; batchId: bigint; signer: Address; strikes: number; movedUntil: bigint }
>

/** Everything the order book says, vault included. Amounts in base units of their token. PROTOCOL.md section 11. */
export type BookEvent =
  | MarketCreated
  | OrderPlaced
  | OrderCancelled
  | AllCancelled
  | BatchSettled
  | BatchStruck
  | Event<'MarginDeposited', { id: Hex; trader: Address; batchId: bigint; token: Address; amount: bigint }>
  | Event<'WithdrawalRequested', { id: Hex; trader: Address; batchId: bigint; base: bigint; quote: bigint }>
  | Event<'MarginWithdrawn', { id: Hex; trader: Address; base: bigint; quote: bigint }>
  | Event<'BatchVoided', { id: Hex; batchId: bigint }>
  | Event<'BatchFinalized', { id: Hex; batchId: bigint; fees: bigint }>
  | VaultEvent

export type BookEventType = BookEvent['type']

/** The event of one type. */
export type BookEventOf<Type extends BookEventType> = Extract<BookEvent, { type: Type }>
