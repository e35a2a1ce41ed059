import type { Address, Hash, Hex } from 'viem'
import type { AuctionParams } from '../protocol/auction/params'
import type { AuctionSettlement } from '../protocol/auction/settlement'

/** Where an event stands in the chain. */
export type EventPosition = {
  blockNumber: bigint
  blockHash: Hash
  transactionHash: Hash
  logIndex: number
}

/** The position alone, of anything that has one. */
export function positionOf({ blockNumber, blockHash, transactionHash, logIndex }: EventPosition): EventPosition {
  return { blockNumber, blockHash, transactionHash, logIndex }
}

/** An event of one name, its fields beside its position. */
export type Event<Name extends string, Fields> = { type: Name } & Fields & EventPosition

/** A bid as it was placed. `sealed` is the 257-byte blob, which exists nowhere but in this event. */
export type BidPlaced = Event<
  'BidPlaced',
  {
    id: Hex
    bidder: Address
    seq: number
    slot: number
    collateral: bigint
    points: number
    creditBps: number
    x: bigint
    y: bigint
    sealed: Hex
  }
>

/** A withdrawal: `seq` is its own place among the leaves, `cancelledSeq` the bid it takes back. */
export type BidCancelled = Event<
  'BidCancelled',
  { id: Hex; bidder: Address; seq: number; slot: number; cancelledSeq: number }
>

export type AuctionCreated = Event<
  'AuctionCreated',
  { id: Hex; seller: Address; keyId: Hex; nonce: bigint; paramsHash: Hex; params: AuctionParams }
>

export type AuctionSettled = Event<
  'AuctionSettled',
  { id: Hex; signer: Address; marginalSeq: number; challengeUntil: bigint; settlement: AuctionSettlement }
>

export type BidClaimed = Event<'BidClaimed', { id: Hex; bidder: Address; seq: number; refund: bigint; payment: bigint }>

/** What the vault of either room says. Amounts in base units; the zero address stands for the native coin. */
export type VaultEvent =
  | Event<'Deposited', { token: Address; account: Address; amount: bigint }>
  | Event<'Withdrawn', { token: Address; account: Address; to: Address; amount: bigint }>

/** Everything the auction contract says, vault included. Amounts in base units. */
export type AuctionEvent =
  | AuctionCreated
  | BidPlaced
  | BidCancelled
  | AuctionSettled
  | BidClaimed
  | Event<'BidWon', { id: Hex; bidder: Address; seq: number; slot: number; fill: number; payment: bigint }>
  | Event<'BidOpened', { id: Hex; seq: number; price: number; quantity: number; rho: Hex }>
  | Event<'AuctionVoided', { id: Hex }>
  | Event<'LotClaimed', { id: Hex; bidder: Address; to: Address; lots: number }>
  | Event<'ProceedsClaimed', { id: Hex; seller: Address; amount: bigint }>
  | Event<'LotReclaimed', { id: Hex; seller: Address; to: Address; lots: number }>
  | VaultEvent

export type AuctionEventType = AuctionEvent['type']

/** The event of one type. */
export type AuctionEventOf<Type extends AuctionEventType> = Extract<AuctionEvent, { type: Type }>
