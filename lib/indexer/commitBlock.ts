import type { BlockRef, ChainConnection } from '../chain/connection'
import { decodeLog } from '../chain/decodeLog'
import { auctionDomain, type Deployment } from '../chain/deployment'
import { decodeRegistryLog } from '../chain/registryEvents'
import { applyBlock, type BlockRow } from '../db/blocks'
import type { Database } from '../db/client'
import { readAuctionTips } from '../db/sync'
import type { Logger } from '../observe/logger'
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
  { db, deployment, term, log, metrics }: SyncContext,
  memory: SyncMemory,
  block: BlockRef,
  { logs, check, dispute }: CheckedLogs,
  after: string | null,
): Promise<BlockRow> {
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

  const events = logs.flatMap((event) => (isOf(event, deployment.contracts.auctions) ? (decodeLog(event) ?? []) : []))
  const registry = logs.flatMap((event) =>
    isOf(event, deployment.contracts.registry) ? (decodeRegistryLog(event) ?? []) : [],
  )
  const ids = new Set(events.flatMap((event) => ('id' in event ? event.id.toLowerCase() : [])))
  const tips = ids.size > 0 ? await readAuctionTips(db, [...ids]) : new Map<string, never>()
  const rows = { ...toRows(auctionDomain(deployment), events, tips), ...toRegistryRows(registry) }
  const row = { number, hash, parentHash, time: timestamp, logCount: events.length + registry.length, logCheck: check }
  await applyBlock(db, term, row, rows, after)

  metrics.block.set(Number(number))
  for (const { type } of [...events, ...registry]) metrics.events.inc({ kind: type })
  if (row.logCount > 0) {
    log.info(
      { block: number, hash, events: row.logCount, auctions: ids.size > 0 ? [...ids] : undefined },
      'block indexed',
    )
  }
  return row
}

function isOf(log: { address: string }, contract: string): boolean {
  return log.address.toLowerCase() === contract.toLowerCase()
}
