import { encodeEventTopics, type Hex } from 'viem'
import { hiddenBookAbi } from '../../abi/hiddenBook'
import type { BookEventType } from './events'

/** First topic of each event of the order book. Those of its vault are the auctions' too. */
export const BOOK_TOPICS: Record<BookEventType, Hex> = {
  MarketCreated: topicOf('MarketCreated'),
  MarginDeposited: topicOf('MarginDeposited'),
  WithdrawalRequested: topicOf('WithdrawalRequested'),
  MarginWithdrawn: topicOf('MarginWithdrawn'),
  OrderPlaced: topicOf('OrderPlaced'),
  OrderCancelled: topicOf('OrderCancelled'),
  AllCancelled: topicOf('AllCancelled'),
  BatchSettled: topicOf('BatchSettled'),
  BatchVoided: topicOf('BatchVoided'),
  BatchFinalized: topicOf('BatchFinalized'),
  BatchStruck: topicOf('BatchStruck'),
  Deposited: topicOf('Deposited'),
  Withdrawn: topicOf('Withdrawn'),
}

const knownTopics: ReadonlySet<string> = new Set(Object.values(BOOK_TOPICS))

/** Whether `topic` is the first topic of one of the order book's events. */
export function isBookTopic(topic: Hex): boolean {
  return knownTopics.has(topic)
}

function topicOf(eventName: BookEventType): Hex {
  return encodeEventTopics({ abi: hiddenBookAbi, eventName })[0]
}
