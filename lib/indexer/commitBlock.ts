import type { BlockRef, ChainConnection } from '../chain/connection'
import { auctionDomain, type Deployment } from '../chain/deployment'
import type { AuctionEvent } from '../chain/events'
import type { Database } from '../db/client'
import { applyBlock, readAuctionTips, type BlockRow } from '../db/sync'
import type { Logger } from '../observe/logger'
import { toRows } from './toRows'

/** What every step of the indexer works with. `isStopping` asks it to end between two blocks. */
export type SyncContext = {
  connection: ChainConnection
  deployment: Deployment
  db: Database
  log: Logger
  isStopping: () => boolean
}

export function toBlockRow({ number, hash, parentHash, timestamp }: BlockRef): BlockRow {
  return { number, hash, parentHash, time: timestamp }
}

/**
 * Writes one block and its events.
 *
 * @param after Hash of the cursor; null at the beginning.
 * @throws IndexGapError, CursorMovedError. Nothing is written then.
 */
export async function commitBlock(
  { db, deployment, log }: SyncContext,
  block: BlockRef,
  events: AuctionEvent[],
  after: string | null,
): Promise<void> {
  const ids = new Set(events.flatMap((event) => ('id' in event ? event.id.toLowerCase() : [])))
  const tips = ids.size > 0 ? await readAuctionTips(db, [...ids]) : new Map<string, never>()
  await applyBlock(db, toBlockRow(block), toRows(auctionDomain(deployment), events, tips), after)
  if (events.length > 0) log.info({ block: block.number, hash: block.hash, events: events.length }, 'block indexed')
}
