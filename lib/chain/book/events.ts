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
 * This batch and every later unfinal one are unsettled again. `signerIndex`: whose settlement it was, among those of
 * the batch's key, from 1, or 0 where nobody is blamed, for somebody had left by `exit`; `round`: how many strikes the market has had.
 */
export type BatchStruck = Event<'BatchStruck', { id: Hex; batchId: bigint; signerIndex: number; round: number }>

/** Everything the order book says, vault included. Amounts in base units of their token. PROTOCOL.md section 11. */
export type BookEvent =
  | MarketCreated
  | OrderPlaced
  | OrderCancelled
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
