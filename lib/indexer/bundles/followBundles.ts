import { setTimeout as sleep } from 'node:timers/promises'
import { getAddress } from 'viem/utils'
import { readEnclaveUrlOf } from '../../chain/enclaveUrl'
import type { ChainConnection } from '../../chain/connection'
import type { Deployment } from '../../chain/deployment'
import {
  countBundles,
  findDueBundles,
  publishKeptBundles,
  recordBundle,
  type BundleOutcome,
  type DueBundle,
} from '../../db/bundles'
import type { Database } from '../../db/client'
import { NotLeaderError } from '../../db/fence'
import type { Logger } from '../../observe/logger'
import type { IndexerMetrics } from '../metrics'
import { bundleUrl, downloadBundle, type Download, type DownloadLimits } from './download'

/** What the fetcher works with. `enclaveUrl`: asked where the place named by the registry has nothing. */
export type BundleContext = {
  connection: ChainConnection
  deployment: Deployment
  db: Database
  term: bigint | null
  log: Logger
  metrics: IndexerMetrics
  limits: DownloadLimits
  enclaveUrl?: string | undefined
}

/** Downloads at a time: a slow server must not keep everyone else's proofs away. */
const AT_ONCE = 4
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 600_000
const LOOK_EVERY_MS = 1_000

/**
 * Fetches the proof bundles that settlements name, beside the indexing itself, which waits for none of them. Everything
 * it has to remember is in the database: after a crash, or in another leader, it goes on where it was. Ends when
 * `signal` says so, or another process leads.
 */
export async function followBundles(context: BundleContext, signal: AbortSignal): Promise<void> {
  const { log, metrics } = context
  while (!signal.aborted) {
    try {
      await fetchDueBundles(context, signal)
    } catch (error) {
      if (error instanceof NotLeaderError) return
      metrics.failedRounds.inc()
      log.error({ err: error }, 'a round of fetching bundles failed')
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** One round: whatever is due now. @throws NotLeaderError, or what the database threw. */
export async function fetchDueBundles(context: BundleContext, signal: AbortSignal): Promise<void> {
  const { db, term, log, metrics } = context
  const again = await publishKeptBundles(db, term)
  if (again > 0) log.info({ settlements: again }, 'bundles published again')
  const due = await findDueBundles(db, new Date(), AT_ONCE)
  await Promise.all(due.map((bundle) => fetchBundle(context, bundle, signal)))
  const { available, missing } = await countBundles(db)
  metrics.bundles.set({ state: 'available' }, available)
  metrics.bundles.set({ state: 'missing' }, missing)
}

async function fetchBundle(context: BundleContext, due: DueBundle, signal: AbortSignal): Promise<void> {
  const { db, term, log, metrics } = context
  const { proofHash, auctionId, attempts } = due
  const found = await download(context, due, signal)
  // Whatever broke off because this process stops says nothing about the bundle.
  if (signal.aborted && !found.ok) return
  const about = { auction: auctionId, proofHash }
  metrics.bundleFetches.inc({ outcome: found.ok ? 'FETCHED' : found.state })
  const outcome: BundleOutcome = found.ok
    ? { state: 'FETCHED', content: found.content, url: found.url }
    : { state: found.state, reason: found.reason, nextAttemptAt: new Date(Date.now() + retryMs(attempts)) }
  await recordBundle(db, term, proofHash, outcome)
  if (found.ok) log.info({ ...about, bytes: found.content.length, url: found.url }, 'bundle fetched')
  else log.warn({ ...about, state: found.state, reason: found.reason, attempts: attempts + 1 }, 'no bundle')
}

/** The first place that has it; else what the last one said. */
async function download(
  { connection, deployment, enclaveUrl, limits }: BundleContext,
  { proofHash, signer }: DueBundle,
  signal: AbortSignal,
): Promise<Download> {
  // A node that does not answer is no reason not to ask where one was told to.
  const named = await readEnclaveUrlOf(connection, deployment, getAddress(signer)).catch(() => null)
  const urls = [named, enclaveUrl].flatMap((base) => (base ? (bundleUrl(base, proofHash) ?? []) : []))
  let last: Download = { ok: false, state: 'MISSING', reason: 'the enclave names no place' }
  for (const url of new Set(urls)) {
    last = await downloadBundle(url, proofHash, limits, signal)
    if (last.ok) return last
  }
  return last
}

/** Milliseconds to the next attempt: twice as long after each, up to ten minutes. */
export function retryMs(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LONGEST_RETRY_MS)
}
