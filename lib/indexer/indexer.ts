import { setTimeout as sleep } from 'node:timers/promises'
import type { ChainConnection } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import type { Database } from '../db/client'
import { readSyncState } from '../db/sync'
import { countMismatches } from '../db/stats'
import type { Readiness } from '../observe/health'
import type { Logger } from '../observe/logger'
import type { SyncMemory } from './backfill'
import { beginIndexing } from './beginIndexing'
import { syncToHead } from './syncToHead'

export type IndexerOptions = {
  connection: ChainConnection
  deployment: Deployment
  db: Database
  log: Logger
  /** Pause between two rounds. */
  pollMs?: number
}

export type Indexer = {
  /** For `/ready`: within `MAX_LAG` blocks of a head that was seen lately. */
  readiness: () => Promise<Readiness>
  /** Ends after the block at hand is written. */
  stop: () => Promise<void>
}

const MAX_LAG = 5
const MAX_SILENCE_MS = 30_000
const LONGEST_PAUSE_MS = 10_000
const FIRST_RANGE = 500n

/**
 * Follows the chain until it is stopped. A failed round is logged and tried again, after ever longer pauses: nothing
 * that a node or database does ends the process.
 *
 * @example const indexer = startIndexer({ connection, deployment, db, log }); await indexer.stop()
 */
export function startIndexer({ connection, deployment, db, log, pollMs = 500 }: IndexerOptions): Indexer {
  const stopping = new AbortController()
  const memory: SyncMemory = { rangeBlocks: FIRST_RANGE, prunedBelow: 0n, suspects: new Map() }
  let begun = false

  async function round(): Promise<void> {
    if (!begun) {
      await beginIndexing({ connection, deployment, db })
      begun = true
    }
    await syncToHead({ connection, deployment, db, log, isStopping: () => stopping.signal.aborted }, memory)
  }

  async function run(): Promise<void> {
    let pause = pollMs
    while (!stopping.signal.aborted) {
      try {
        await round()
        pause = pollMs
      } catch (error) {
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
        log.error({ err: error, retryInMs: pause }, 'a round of indexing failed')
      }
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const running = run()
  return {
    readiness: () => readiness(db, deployment),
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

async function readiness(db: Database, deployment: Deployment): Promise<Readiness> {
  const [state, mismatches] = await Promise.all([readSyncState(db), countMismatches(db)])
  if (!state) return { ready: false, reason: 'nothing indexed yet' }
  const indexed = state.cursor?.number ?? BigInt(deployment.startBlock) - 1n
  const lagBlocks = Number(state.head - indexed)
  const silenceMs = Date.now() - state.updatedAt.getTime()
  return {
    ready: lagBlocks <= MAX_LAG && silenceMs <= MAX_SILENCE_MS,
    head: state.head,
    block: state.cursor?.number ?? null,
    lagBlocks,
    silenceMs,
    mismatches,
  }
}
