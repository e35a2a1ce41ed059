import { encodeEventTopics, type Hex } from 'viem'
import { sealedAuctionsAbi } from '../abi/sealedAuctions'
import type { AuctionEventType } from './events'

/** First topic of each event of the auction contract. */
export const EVENT_TOPICS: Record<AuctionEventType, Hex> = {
  AuctionCreated: topicOf('AuctionCreated'),
  BidPlaced: topicOf('BidPlaced'),
  BidCancelled: topicOf('BidCancelled'),
  AuctionSettled: topicOf('AuctionSettled'),
  BidWon: topicOf('BidWon'),
  BidOpened: topicOf('BidOpened'),
  AuctionVoided: topicOf('AuctionVoided'),
  BidClaimed: topicOf('BidClaimed'),
  LotClaimed: topicOf('LotClaimed'),
  ProceedsClaimed: topicOf('ProceedsClaimed'),
  LotReclaimed: topicOf('LotReclaimed'),
  Deposited: topicOf('Deposited'),
  Withdrawn: topicOf('Withdrawn'),
}

const knownTopics: ReadonlySet<string> = new Set(Object.values(EVENT_TOPICS))

/** Whether `topic` is the first topic of one of the contract's events. */
export function isKnownTopic(topic: Hex): boolean {
  return knownTopics.has(topic)
}

function topicOf(eventName: AuctionEventType): Hex {
  return encodeEventTopics({ abi: sealedAuctionsAbi, eventName })[0]
}
