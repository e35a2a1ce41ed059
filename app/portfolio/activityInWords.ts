import type { Activity, ActivityKind } from '../api/v1/_schemas/account'

const WORDS: Record<ActivityKind, string> = {
  AuctionCreated: 'Opened an auction',
  BidPlaced: 'Placed a sealed bid and locked',
  BidCancelled: 'Withdrew a bid, unlocked',
  AuctionSettled: 'Auction settled',
  BidWon: 'Won, and pays',
  BidOpened: 'Bid opened in public',
  AuctionVoided: 'Auction declared void',
  BidClaimed: 'Collateral came back',
  LotClaimed: 'Received the lot',
  ProceedsClaimed: 'Received the proceeds',
  LotReclaimed: 'Lot came back, unsold',
  Deposited: 'Deposited',
  Withdrawn: 'Withdrew from the contract',
  MarketCreated: 'Opened a market',
  MarginDeposited: 'Put into a market',
  WithdrawalRequested: 'Asked a market for money back',
  MarginWithdrawn: 'Market margin came back',
  OrderPlaced: 'Placed a sealed order',
  OrderCancelled: 'Cancelled an order',
  AllCancelled: 'Cancelled all earlier orders',
  BatchSettled: 'Batch settled',
  BatchVoided: 'Batch declared void',
  BatchFinalized: 'Batch final',
  BatchStruck: 'Batch struck',
}

/** What an account did or got, in a few words; the amount, where there is one, belongs after them. */
export function activityInWords({ kind }: Pick<Activity, 'kind'>): string {
  return WORDS[kind]
}
