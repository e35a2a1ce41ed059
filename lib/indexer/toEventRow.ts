import type { AuctionEvent } from '../chain/events'
import type { EventRows } from '../db/insertRows'
import { toDecimal } from '../db/numbers'

type About = { account: string | null; seq: number | null; amount: bigint | null; token?: string }

/**
 * An event as a line of somebody's activity.
 *
 * @param paymentToken The auction's, in lower case; null for vault events, which name their own.
 */
export function toEventRow(event: AuctionEvent, paymentToken: string | null): EventRows['events'][number] {
  const { account, seq, amount, token } = about(event)
  return {
    blockHash: event.blockHash,
    logIndex: event.logIndex,
    blockNumber: event.blockNumber,
    transactionHash: event.transactionHash,
    room: 'AUCTIONS',
    kind: event.type,
    auctionId: 'id' in event ? event.id.toLowerCase() : null,
    account: account && account.toLowerCase(),
    seq,
    token: amount === null ? null : (token?.toLowerCase() ?? paymentToken),
    amount: amount === null ? null : toDecimal(amount),
  }
}

/** Whom an event concerns, which leaf, and what money. */
function about(event: AuctionEvent): About {
  switch (event.type) {
    case 'AuctionCreated':
      return { account: event.seller, seq: null, amount: null }
    case 'BidPlaced':
      return { account: event.bidder, seq: event.seq, amount: event.collateral }
    case 'BidCancelled':
      return { account: event.bidder, seq: event.seq, amount: null }
    case 'BidWon':
      return { account: event.bidder, seq: event.seq, amount: event.payment }
    case 'BidOpened':
      return { account: null, seq: event.seq, amount: null }
    case 'BidClaimed':
      return { account: event.bidder, seq: event.seq, amount: event.refund }
    case 'LotClaimed':
      return { account: event.bidder, seq: null, amount: null }
    case 'ProceedsClaimed':
      return { account: event.seller, seq: null, amount: event.amount }
    case 'LotReclaimed':
      return { account: event.seller, seq: null, amount: null }
    case 'Deposited':
    case 'Withdrawn':
      return { account: event.account, seq: null, amount: event.amount, token: event.token }
    case 'AuctionSettled':
    case 'AuctionVoided':
      return { account: null, seq: null, amount: null }
  }
}
