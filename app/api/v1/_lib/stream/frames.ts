import type { FeedEntry } from '../../../../../lib/db/feed'
import { streamKindSchema, type StreamEvent } from '../../_schemas/stream'
import { toAddress, toHash } from '../hex'
import { formatPosition, positionOf, type Position } from './position'

/** What a client waits before it connects again, in milliseconds. */
const RETRY_MS = 3_000

/** An entry of the feed as streams and polls show it. */
export function toStreamEvent(entry: FeedEntry): StreamEvent {
  return {
    id: formatPosition(positionOf(entry)),
    kind: streamKindSchema.parse(entry.kind),
    auctionId: entry.auctionId === null ? null : toHash(entry.auctionId),
    marketId: entry.marketId === null ? null : toHash(entry.marketId),
    batchId: entry.batchId,
    account: entry.account === null ? null : toAddress(entry.account),
    seq: entry.seq,
    blockNumber: Math.max(0, Number(entry.blockNumber)),
    blockHash: entry.blockHash === null ? null : toHash(entry.blockHash),
    time: Math.floor(entry.createdAt.getTime() / 1_000),
  }
}

/** One message. JSON holds no line breaks, so one `data` line holds it. */
export function eventFrame(event: StreamEvent): string {
  return `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`
}

/** The first frame: how long to wait after a break, and where to go on from even if nothing ever comes. */
export function openingFrame(position: Position): string {
  return `retry: ${RETRY_MS}\n${heartbeatFrame(position)}`
}

/** A comment that keeps connections open, and an id without a message: a filtered stream's place moves on, too. */
export function heartbeatFrame(position: Position): string {
  return `id: ${formatPosition(position)}\n: still here\n\n`
}

/** What came after the client's place is not known: it is to read everything again. */
export function resetFrame(position: Position): string {
  return `event: reset\nid: ${formatPosition(position)}\ndata: {}\n\n`
}
