import { pad, type Address, type Hex } from 'viem'
import type { Bid } from '../../lib/chain/bid'
import type { ChainConnection } from '../../lib/chain/connection'
import { decodeLog } from '../../lib/chain/decodeLog'
import type { Deployment } from '../../lib/chain/deployment'
import type { AuctionEvent } from '../../lib/chain/events'
import { readAllLogs } from '../../lib/chain/logPages'
import { placedBid } from '../../lib/chain/rebuildBids'

/** One of a bidder's own bids, as the chain tells it. Amounts in base units of the payment token. */
export type OwnBid = {
  bid: Bid
  sealed: Hex
  transactionHash: Hex
  block: bigint
  withdrawn: boolean
  /** What a settlement gave it. */
  won: { fill: number; payment: bigint } | null
  claimed: { refund: bigint; payment: bigint } | null
  lotSentTo: Address | null
}

/**
 * Reads what one account did in one auction, from the chain's own events: the only truth about a bid.
 * @param fromBlock The auction's first block.
 */
export async function readOwnBids(
  chain: ChainConnection,
  deployment: Deployment,
  place: { id: Hex; account: Address; fromBlock: bigint },
): Promise<OwnBid[]> {
  return foldOwnBids((await readOwnEvents(chain, deployment, place)).events)
}

/** Events up to a block that cannot be undone, which need not be read again. */
export type ReadBefore = { events: AuctionEvent[]; finalTo: bigint }

/**
 * One account's events in one auction, of which those before `before.finalTo` are not asked for again.
 * @returns all of them, and what a later reading can build on.
 */
export async function readOwnEvents(
  chain: ChainConnection,
  deployment: Deployment,
  place: { id: Hex; account: Address; fromBlock: bigint },
  before: ReadBefore = { events: [], finalTo: place.fromBlock - 1n },
): Promise<{ events: AuctionEvent[]; settled: ReadBefore }> {
  // The final block first: what is final before the newest is known stays final.
  const final = await chain.readBlock('finalized')
  const latest = await chain.readBlock('latest')
  const logs = await readAllLogs(chain, {
    address: deployment.contracts.auctions,
    topics: [null, place.id, pad(place.account)],
    fromBlock: before.finalTo + 1n,
    toBlock: latest.number,
  })
  const fresh = logs.map(decodeLog).filter((event) => event !== null)
  const events = [...before.events, ...fresh]
  if (final.number <= before.finalTo) return { events, settled: before }
  const kept = events.filter(({ blockNumber }) => blockNumber <= final.number)
  return { events, settled: { events: kept, finalTo: final.number } }
}

/** Events of one bidder in one auction, in order, as bids in order. */
export function foldOwnBids(events: readonly AuctionEvent[]): OwnBid[] {
  const bids = new Map<number, OwnBid>()
  for (const event of events) {
    if (event.type === 'BidPlaced') bids.set(event.seq, placed(event))
    const bid = bids.get(targetOf(event) ?? -1)
    if (!bid) continue
    if (event.type === 'BidCancelled') bid.withdrawn = true
    if (event.type === 'BidWon') bid.won = { fill: event.fill, payment: event.payment }
    if (event.type === 'BidClaimed') bid.claimed = { refund: event.refund, payment: event.payment }
  }
  const sent = events.findLast((event) => event.type === 'LotClaimed')
  for (const bid of bids.values()) if (bid.won && sent) bid.lotSentTo = sent.to
  return [...bids.values()]
}

/** The bid that stands, if any: at most one, as an address has one slot. */
export function liveBid(bids: readonly OwnBid[]): OwnBid | undefined {
  return bids.findLast((bid) => !bid.withdrawn)
}

function targetOf(event: AuctionEvent): number | undefined {
  if (event.type === 'BidCancelled') return event.cancelledSeq
  return event.type === 'BidWon' || event.type === 'BidClaimed' ? event.seq : undefined
}

function placed(event: Extract<AuctionEvent, { type: 'BidPlaced' }>): OwnBid {
  const { sealed, transactionHash, blockNumber } = event
  return {
    bid: placedBid(event),
    sealed,
    transactionHash,
    block: blockNumber,
    withdrawn: false,
    won: null,
    claimed: null,
    lotSentTo: null,
  }
}
