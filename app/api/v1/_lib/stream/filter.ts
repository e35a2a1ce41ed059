import type { FeedEntry } from '../../../../../lib/db/feed'
import { streamKindSchema } from '../../_schemas/stream'

/** What a stream is narrowed to; addresses and ids in any case. */
export type StreamFilter = {
  auction?: string | undefined
  market?: string | undefined
  account?: string | undefined
  kinds?: readonly string[] | undefined
}

const KINDS: ReadonlySet<string> = new Set(streamKindSchema.options)

/**
 * Whether an entry is for this stream. Rollbacks always are, whatever else is asked for: they undo what was told before.
 * Blocks without events are news to who asks for everything, or for them.
 */
export function passes(entry: FeedEntry, filter: StreamFilter): boolean {
  if (entry.kind === 'Rollback') return true
  // A newer indexer may know more kinds than this server has told its clients of.
  if (!KINDS.has(entry.kind)) return false
  if (filter.kinds && !filter.kinds.includes(entry.kind)) return false
  if (entry.kind === 'Block')
    return filter.kinds !== undefined || (!filter.auction && !filter.market && !filter.account)
  if (filter.auction && entry.auctionId !== filter.auction.toLowerCase()) return false
  if (filter.market && entry.marketId !== filter.market.toLowerCase()) return false
  return !filter.account || entry.account === filter.account.toLowerCase()
}
