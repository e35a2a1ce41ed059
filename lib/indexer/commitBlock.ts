import { decodeBookLog } from '../chain/book/decodeBookLog'
import type { BookEvent } from '../chain/book/events'
import type { BlockRef, ChainConnection, RawLog } from '../chain/connection'
import { decodeLog } from '../chain/decodeLog'
import { auctionDomain, bookDomain, type Deployment } from '../chain/deployment'
import type { AuctionEvent } from '../chain/events'
import { decodeRegistryLog } from '../chain/registryEvents'
import { applyBlock, type BlockRow } from '../db/blocks'
import { readBookTips } from '../db/book/tips'
import type { Database } from '../db/client'
import { noRows, type EventRows } from '../db/insertRows'
import { readAuctionTips } from '../db/sync'
import type { Logger } from '../observe/logger'
import { readTokens } from './book/readTokens'
import { toBookRows } from './book/toBookRows'
import { wantedTips } from './book/wantedTips'
import type { CheckedLogs } from './checkLogs'
import { LogsDisputedError } from './errors'
import type { IndexerMetrics } from './metrics'
import type { SyncMemory } from './memory'
import { toRegistryRows } from './toRegistryRows'
import { toRows } from './toRows'

/**
 * What every step of the indexer works with. `term`: of this process's lead, null where no other can write; `isStopping`
 * asks it to end between two blocks.
 */
export type SyncContext = {
  connection: ChainConnection
  deployment: Deployment
  db: Database
  term: bigint | null
  log: Logger
  metrics: IndexerMetrics
  isStopping: () => boolean
}

/** Times that a block in dispute is asked for again. Then it is indexed, and marked. */
const MAX_ATTEMPTS = 5

/**
 * Writes one block and its events.
 *
 * @param after Hash of the cursor; null at the beginning.
 * @returns The new cursor.
 * @throws LogsDisputedError, IndexGapError, CursorMovedError, NotLeaderError. Nothing is written then.
 */
export async function commitBlock(
  context: SyncContext,
  memory: SyncMemory,
  block: BlockRef,
  { logs, check, dispute }: CheckedLogs,
  after: string | null,
): Promise<BlockRow> {
  const { db, deployment, term, log, metrics } = context
  const { number, hash, parentHash, timestamp } = block
  if (check === 'DISPUTED') {
    const attempts = (memory.disputes.get(hash) ?? 0) + 1
    memory.disputes.set(hash, attempts)
    metrics.disputes.inc()
    log.error({ block: number, hash, dispute, attempt: attempts, of: MAX_ATTEMPTS }, 'logs in dispute')
    if (attempts <= MAX_ATTEMPTS) throw new LogsDisputedError(block, dispute ?? 'the node contradicts itself')
    memory.disputes.delete(hash)
  }
  if (check === 'UNCHECKED' && logs.length > 0) metrics.unchecked.inc()

  const { contracts } = deployment
  const of = <Event>(contract: string, decode: (log: RawLog) => Event | null): Event[] =>
    logs.flatMap((event) => (event.address.toLowerCase() === contract.toLowerCase() ? (decode(event) ?? []) : []))
  const [auctions, book] = [of(contracts.auctions, decodeLog), of(contracts.book, decodeBookLog)]
  const registry = of(contracts.registry, decodeRegistryLog)
  const rows = together(
    await auctionRows(context, auctions),
    await bookRows(context, book, timestamp),
    toRegistryRows(registry),
  )
  const events = [...auctions, ...book, ...registry]
  const row = { number, hash, parentHash, time: timestamp, logCount: events.length, logCheck: check }
  await applyBlock(db, term, row, rows, after)

  metrics.block.set(Number(number))
  for (const { type } of events) metrics.events.inc({ kind: type })
  if (row.logCount > 0) {
    const [ofAuctions, ofMarkets] = [idsOf(auctions), idsOf(book)]
    log.info(
      {
        ...{ block: number, hash, events: row.logCount },
        auctions: ofAuctions.length > 0 ? ofAuctions : undefined,
        markets: ofMarkets.length > 0 ? ofMarkets : undefined,
      },
      'block indexed',
    )
  }
  return row
}

async function auctionRows({ db, deployment }: SyncContext, events: readonly AuctionEvent[]): Promise<EventRows> {
  const ids = idsOf(events)
  const tips = ids.length > 0 ? await readAuctionTips(db, ids) : new Map<string, never>()
  return toRows(auctionDomain(deployment), events, tips)
}

async function bookRows(
  { db, deployment, connection, log }: SyncContext,
  events: readonly BookEvent[],
  time: bigint,
): Promise<EventRows> {
  const tips = await readBookTips(db, wantedTips(events))
  const tokens = await readTokens(connection, events)
  const { rows, mismatches } = toBookRows(bookDomain(deployment), events, tips, { time, tokens })
  for (const batch of mismatches) log.error({ batch }, 'index disagrees with a settlement that the contract took')
  return rows
}

function together(...parts: Partial<EventRows>[]): EventRows {
  const all = noRows()
  for (const part of parts) {
    for (const field of Object.keys(part) as (keyof EventRows)[])
      all[field] = [...all[field], ...(part[field] ?? [])] as never
  }
  return all
}

function idsOf(events: readonly { type: string; id?: string }[]): string[] {
  return [...new Set(events.flatMap(({ id }) => id?.toLowerCase() ?? []))]
}
