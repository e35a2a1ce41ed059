import type { AccountBidRecord, ActivityRecord } from '../../../../lib/db/accounts'
import type { AccountBid, Activity } from '../_schemas/account'
import { toAuctionSummary } from './auctionView'
import { toBidView } from './bidView'
import { toAddress, toHash, toOrigin } from './hex'

/** @param now Chain time that the auction's phase is judged by. */
export function toAccountBid({ bid, auction }: AccountBidRecord, now: bigint): AccountBid {
  return { bid: toBidView(bid), auction: toAuctionSummary(auction, now) }
}

export function toActivityView(record: ActivityRecord): Activity {
  return {
    kind: record.kind,
    room: record.room === 'BOOK' ? 'book' : 'auctions',
    auctionId: record.auctionId === null ? null : toHash(record.auctionId),
    marketId: record.marketId === null ? null : toHash(record.marketId),
    batchId: record.batchId,
    account: record.account === null ? null : toAddress(record.account),
    seq: record.seq,
    token: record.token === null ? null : toAddress(record.token),
    amount: record.amount?.toString() ?? null,
    base: record.base?.toString() ?? null,
    quote: record.quote?.toString() ?? null,
    origin: toOrigin(record.origin),
  }
}
