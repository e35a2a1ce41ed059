import { keccak256, type Hex } from 'viem'
import type { AuctionEvent, AuctionEventOf, EventPosition } from '../chain/events'
import { noRows, type EventRows } from '../db/insertRows'
import { toDecimal } from '../db/numbers'
import { fold } from '../protocol/auction/accumulator'
import { bidLeaf, cancelLeaf } from '../protocol/auction/leaf'
import type { AuctionsDomain } from '../protocol/auction/params'
import { ZERO_HASH } from '../protocol/constants'
import { IndexGapError } from './errors'
import { toAuctionRow } from './toAuctionRow'
import { toEventRow } from './toEventRow'

/** Where an auction's accumulator stands, what its bids are paid in, and which settlement round comes next. */
export type AuctionTip = { acc: string; count: number; paymentToken: string; round: number }

/**
 * Turns one block's events into rows, and recomputes the accumulators of PROTOCOL.md section 5 on the way.
 *
 * @param events Of one block, in order.
 * @param tips Of every indexed auction that the events name. Left untouched.
 * @throws IndexGapError where a leaf does not follow the last one, or an auction is unknown.
 */
export function toRows(
  domain: AuctionsDomain,
  events: readonly AuctionEvent[],
  tips: ReadonlyMap<string, AuctionTip>,
): EventRows {
  const now = new Map(tips)
  const rows = noRows()
  for (const event of events) {
    if (event.type === 'AuctionCreated') {
      const row = toAuctionRow(event)
      rows.auctions.push(row)
      now.set(row.id, { acc: ZERO_HASH, count: 0, paymentToken: row.paymentToken, round: 1 })
    }
    const tip = 'id' in event ? tipOf(now, event) : undefined
    if (tip && (event.type === 'BidPlaced' || event.type === 'BidCancelled')) {
      now.set(event.id.toLowerCase(), addLeaf(rows, domain, event, tip))
    } else {
      // Winners and openings come before the settlement that they belong to.
      addOutcome(rows, event, tip?.round ?? 1)
      if (tip && event.type === 'AuctionSettled') {
        now.set(event.id.toLowerCase(), { ...tip, round: event.settlement.round + 1 })
      }
    }
    rows.events.push(toEventRow(event, tip?.paymentToken ?? null))
  }
  return rows
}

function tipOf(tips: ReadonlyMap<string, AuctionTip>, event: AuctionEvent & { id: Hex }): AuctionTip {
  const id = event.id.toLowerCase()
  const tip = tips.get(id)
  if (!tip) throw new IndexGapError(id, `${event.type} of auction ${event.id}, which is not indexed`)
  return tip
}

function addLeaf(
  rows: EventRows,
  domain: AuctionsDomain,
  event: AuctionEventOf<'BidPlaced' | 'BidCancelled'>,
  tip: AuctionTip,
): AuctionTip {
  const auctionId = event.id.toLowerCase()
  if (event.seq !== tip.count) {
    throw new IndexGapError(auctionId, `auction ${event.id} has leaf ${event.seq} where ${tip.count} was due`)
  }
  const bidder = event.bidder.toLowerCase()
  let leaf: Hex
  if (event.type === 'BidPlaced') {
    const sealedHash = keccak256(event.sealed)
    leaf = bidLeaf(domain, { ...event, sealedHash })
    rows.bids.push({
      auctionId,
      seq: event.seq,
      bidder,
      collateral: toDecimal(event.collateral),
      points: event.points,
      creditBps: event.creditBps,
      x: toDecimal(event.x),
      y: toDecimal(event.y),
      sealed: Buffer.from(event.sealed.slice(2), 'hex'),
      sealedHash,
    })
  } else {
    leaf = cancelLeaf(domain, event)
  }
  const acc = fold(tip.acc as Hex, leaf)
  const cancelledSeq = event.type === 'BidCancelled' ? event.cancelledSeq : null
  rows.leaves.push({ auctionId, seq: event.seq, ...placeOf(event), bidder, slot: event.slot, leaf, acc, cancelledSeq })
  return { ...tip, acc, count: tip.count + 1 }
}

function addOutcome(rows: EventRows, event: AuctionEvent, round: number): void {
  if (!('id' in event)) return
  const common = { auctionId: event.id.toLowerCase(), ...placeOf(event) }
  switch (event.type) {
    case 'AuctionSettled': {
      const { id: _id, paramsHash: _paramsHash, ...signed } = event.settlement
      const { marginalSeq, challengeUntil } = event
      rows.settlements.push({ ...common, ...signed, signer: event.signer.toLowerCase(), marginalSeq, challengeUntil })
      return
    }
    case 'BidWon': {
      const { seq, slot, fill } = event
      const bidder = event.bidder.toLowerCase()
      rows.winners.push({ ...common, round, seq, slot, fill, bidder, payment: toDecimal(event.payment) })
      return
    }
    case 'BidOpened': {
      const { seq, price, quantity, rho } = event
      rows.openings.push({ ...common, round, seq, price, quantity, rho })
      return
    }
    case 'BidClaimed': {
      const [amount, payment] = [toDecimal(event.refund), toDecimal(event.payment)]
      rows.claims.push({ ...common, kind: 'BID', account: event.bidder.toLowerCase(), seq: event.seq, amount, payment })
      return
    }
    case 'LotClaimed':
    case 'LotReclaimed': {
      const [kind, account] =
        event.type === 'LotClaimed' ? (['LOT', event.bidder] as const) : (['LOT_RECLAIM', event.seller] as const)
      const receiver = event.to.toLowerCase()
      rows.claims.push({ ...common, kind, account: account.toLowerCase(), receiver, lots: event.lots })
      return
    }
    case 'ProceedsClaimed':
      rows.claims.push({
        ...common,
        kind: 'PROCEEDS',
        account: event.seller.toLowerCase(),
        amount: toDecimal(event.amount),
      })
  }
}

function placeOf({ blockHash, transactionHash, logIndex }: EventPosition) {
  return { blockHash, transactionHash, logIndex }
}
