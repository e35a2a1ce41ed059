import { setTimeout as sleep } from 'node:timers/promises'
import type { ChainConnection } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import type { DownloadLimits } from '../chain/enclaveFile'
import { countDisputedBlocks } from '../db/blocks'
import type { Database } from '../db/client'
import { NotLeaderError } from '../db/fence'
import { joinLeadership } from '../db/leadership'
import { countMismatches } from '../db/stats'
import { readSyncState } from '../db/sync'
import type { Readiness } from '../observe/health'
import type { Logger } from '../observe/logger'
import { beginIndexing } from './beginIndexing'
import { BUNDLES } from './bundles/bundleSource'
import { CARRIED_LISTS } from './bundles/carriedSource'
import { followFiles } from './bundles/followFiles'
import { followEvidence } from './evidence/followEvidence'
import { countRpcErrors } from './countRpcErrors'
import { newMemory } from './memory'
import type { IndexerMetrics } from './metrics'
import { readinessOf } from './readiness'
import { syncToHead } from './syncToHead'

export type IndexerOptions = {
  connection: ChainConnection
  deployment: Deployment
  db: Database
  /** Of the same database: the lead among several indexers is held on a connection of its own. */
  databaseUrl: string
  /** After so long without a word from the leader, another indexer takes over. */
  silenceMs: number
  log: Logger
  metrics: IndexerMetrics
  /** Of proof bundles and batches' lists; `enclaveUrl` is asked where the registry names no place that has one. */
  bundles: { limits: DownloadLimits; enclaveUrl?: string | undefined }
  /** Intel's collateral for machines that can give none: a file, JSON. */
  collateralFile?: string | undefined
  /** Pause between two rounds. */
  pollMs?: number
}

export type Indexer = {
  /** For `/ready`. */
  readiness: () => Promise<Readiness>
  /** Ends after the block at hand is written. */
  stop: () => Promise<void>
}

const LONGEST_PAUSE_MS = 10_000

/**
 * Follows the chain until it is stopped, whenever this process leads; otherwise it stands by. A failed round is logged
 * and tried again, after ever longer pauses: nothing that a node or database does ends the process.
 *
 * @example const indexer = startIndexer({ connection, deployment, db, databaseUrl, silenceMs: 5_000, log, metrics, bundles })
 */
export function startIndexer(options: IndexerOptions): Indexer {
  const { deployment, db, databaseUrl, silenceMs, log, metrics, pollMs = 500 } = options
  const connection = countRpcErrors(options.connection, () => metrics.rpcErrors.inc())

  async function lead(term: bigint, signal: AbortSignal): Promise<void> {
    log.info({ term }, 'leading')
    metrics.leader.set(1)
    const context = { connection, deployment, db, term, log, metrics, isStopping: () => signal.aborted }
    const over = new AbortController()
    const files = { ...context, ...options.bundles }
    const until = AbortSignal.any([signal, over.signal])
    const { collateralFile, bundles } = options
    const fetching = [
      followFiles(files, BUNDLES, until),
      followFiles(files, CARRIED_LISTS, until),
      followEvidence({ ...context, enclaveUrl: bundles.enclaveUrl, collateralFile }, until),
    ]
    const memory = newMemory()
    let begun = false
    let pause = pollMs
    while (!signal.aborted) {
      try {
        if (!begun) await beginIndexing(context)
        begun = true
        await syncToHead(context, memory)
        await measure(db, metrics)
        pause = pollMs
      } catch (error) {
        if (error instanceof NotLeaderError) break
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
        metrics.failedRounds.inc()
        log.error({ err: error, retryInMs: pause }, 'a round of indexing failed')
      }
      await sleep(pause, undefined, { signal }).catch(() => undefined)
    }
    over.abort()
    await Promise.all(fetching)
    metrics.leader.set(0)
    log.info({ term }, 'no longer leading')
  }

  const leadership = joinLeadership({
    databaseUrl,
    silenceMs,
    lead,
    onError: (error) => log.error({ err: error }, 'the connection that leads or waits for the lead failed'),
  })
  return {
    readiness: () => readinessOf(db, deployment, leadership.isLeading() ? 'leader' : 'standby'),
    stop: () => leadership.stop(),
  }
}

async function measure(db: Database, metrics: IndexerMetrics): Promise<void> {
  const [state, mismatches, disputed] = await Promise.all([
    readSyncState(db),
    countMismatches(db),
    countDisputedBlocks(db),
  ])
  metrics.mismatches.set(mismatches)
  metrics.disputedBlocks.set(disputed)
  if (state?.cursor) metrics.lagSeconds.set(Number(state.headTime - state.cursor.time))
}
