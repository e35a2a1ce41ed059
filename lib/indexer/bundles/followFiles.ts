import { setTimeout as sleep } from 'node:timers/promises'
import { getAddress } from 'viem/utils'
import type { ChainConnection } from '../../chain/connection'
import type { Deployment } from '../../chain/deployment'
import { downloadFile, enclaveFileUrl, type DownloadLimits } from '../../chain/enclaveFile'
import { readEnclaveUrlOf } from '../../chain/enclaveUrl'
import type { Database } from '../../db/client'
import type { DueFile, FileOutcome } from '../../db/enclaveFiles'
import { NotLeaderError } from '../../db/fence'
import type { FileState } from '../../db/generated/enums'
import type { Logger } from '../../observe/logger'
import type { IndexerMetrics } from '../metrics'
import type { CheckedFile, FileSource } from './fileSource'

/** What the fetcher works with. `enclaveUrl`: asked where the place named by the registry has nothing. */
export type FileContext = {
  connection: ChainConnection
  deployment: Deployment
  db: Database
  term: bigint | null
  log: Logger
  metrics: IndexerMetrics
  limits: DownloadLimits
  enclaveUrl?: string | undefined
  /** When a file falls due is reckoned by it; this machine's clock by default. */
  clock?: () => Date
}

/** What a place gave, or why it gave nothing. */
type Download = { ok: true; content: Uint8Array; url: string } | NoFile
type NoFile = { ok: false; state: Exclude<FileState, 'FETCHED'>; reason: string }

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 600_000
const LOOK_EVERY_MS = 1_000

/**
 * Fetches the files that settlements name, beside the indexing itself, which waits for none of them. Everything it has to
 * remember is in the database: after a crash, or in another leader, it goes on where it was. Ends when `signal` says so,
 * or another process leads.
 */
export async function followFiles<Due extends DueFile>(
  context: FileContext,
  source: FileSource<Due>,
  signal: AbortSignal,
): Promise<void> {
  const { log, metrics } = context
  while (!signal.aborted) {
    try {
      await fetchDueFiles(context, source, signal)
    } catch (error) {
      if (error instanceof NotLeaderError) return
      metrics.failedRounds.inc()
      log.error({ err: error }, `a round of fetching ${source.name}s failed`)
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** One round: whatever is due now. @throws NotLeaderError, or what the database threw. */
export async function fetchDueFiles<Due extends DueFile>(
  context: FileContext,
  source: FileSource<Due>,
  signal: AbortSignal,
): Promise<void> {
  const { db, term, log, metrics, clock = () => new Date() } = context
  const again = await source.publishKept(db, term)
  if (again > 0) log.info({ settlements: again }, `${source.name}s published again`)
  const due = await source.findDue(db, clock(), source.atOnce)
  await Promise.all(due.map((file) => fetchFile(context, source, file, signal)))
  const { available, missing } = await source.count(db)
  const { settlements } = source.metricsOf(metrics)
  settlements.set({ state: 'available' }, available)
  settlements.set({ state: 'missing' }, missing)
}

async function fetchFile<Due extends DueFile>(
  context: FileContext,
  source: FileSource<Due>,
  due: Due,
  signal: AbortSignal,
): Promise<void> {
  const { db, term, log, metrics, clock = () => new Date() } = context
  const { hash, attempts } = due
  const found = await download(context, source, due, signal)
  // Whatever broke off because this process stops says nothing about the file.
  if (signal.aborted && !found.ok) return
  const about = { ...source.about(due), hash }
  source.metricsOf(metrics).fetches.inc({ outcome: found.ok ? 'FETCHED' : found.state })
  const outcome: FileOutcome = found.ok
    ? { state: 'FETCHED', content: found.content, url: found.url }
    : { state: found.state, reason: found.reason, nextAttemptAt: new Date(clock().getTime() + retryMs(attempts)) }
  await source.record(db, term, hash, outcome)
  if (found.ok) {
    log.info({ ...about, bytes: found.content.length, url: found.url }, `${source.name} fetched`)
    return
  }
  const why = { ...about, state: found.state, reason: found.reason, attempts: attempts + 1 }
  if (found.state === 'WRONG_HASH') log.error(why, `wrong ${source.name}`)
  else log.warn(why, `no ${source.name}`)
}

/** The first place that has it; else what is worst: a wrong file says more than that another place has none. */
async function download<Due extends DueFile>(
  { connection, deployment, enclaveUrl, limits }: FileContext,
  source: FileSource<Due>,
  due: Due,
  signal: AbortSignal,
): Promise<Download> {
  // A node that does not answer is no reason not to ask where one was told to.
  const named = await readEnclaveUrlOf(connection, deployment, getAddress(due.signer)).catch(() => null)
  const urls = [named, enclaveUrl].flatMap((base) => (base ? (enclaveFileUrl(base, source.pathOf(due)) ?? []) : []))
  let last: NoFile = { ok: false, state: 'MISSING', reason: 'the enclave names no place' }
  for (const url of new Set(urls)) {
    const served = await downloadFile(url, source.accept, limits, signal)
    const found = served.ok ? checked(source.check(served.bytes, due), url) : served
    if (found.ok) return found
    if (last.state !== 'WRONG_HASH') last = found
  }
  return last
}

function checked(file: CheckedFile, url: string): Download {
  return file.ok ? { ...file, url } : { ...file, state: 'WRONG_HASH' }
}

/** Milliseconds to the next attempt: twice as long after each, up to ten minutes. */
export function retryMs(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LONGEST_RETRY_MS)
}
