import { setTimeout as sleep } from 'node:timers/promises'
import { bytesToHex, keccak256 } from 'viem/utils'
import type { ChainConnection } from '../../chain/connection'
import type { Deployment } from '../../chain/deployment'
import type { Database } from '../../db/client'
import { NotLeaderError } from '../../db/fence'
import {
  findKept,
  keepCollateral,
  keepEventLog,
  listLiveSigners,
  readAdmittedEvidence,
  type LiveSigner,
} from '../../db/keptEvidence'
import { readSyncState } from '../../db/sync'
import type { Logger } from '../../observe/logger'
import { decodeEvidence } from '../../protocol/attestation/evidence'
import { keepableEvidence, platformOf } from '../../protocol/attestation/keepable'
import { retryMs } from '../bundles/followFiles'
import type { IndexerMetrics } from '../metrics'
import { askPlaces } from './askPlaces'

/** What the fetcher works with. `enclaveUrl` is asked where the place named by the registry has nothing. */
export type EvidenceContext = {
  connection: ChainConnection
  deployment: Deployment
  db: Database
  term: bigint | null
  log: Logger
  metrics: IndexerMetrics
  enclaveUrl?: string | undefined
  /** Intel's collateral as the operator keeps it, JSON, read anew each time: measured machines can be given none. */
  collateralFile?: string | undefined
}

/** What this process remembers of the signers: what their quotes are, and when it may ask for whose evidence again. */
export type EvidenceMemory = {
  quotes: Map<string, Admitted | null>
  attempts: Map<string, { failed: number; nextAt: number }>
}
type Admitted = { quote: Uint8Array; quoteHash: string; platform: string }

const LOOK_EVERY_MS = 2_000
/** Intel issues collateral anew each day, and what it then says must not be news for weeks. */
const REFRESH_MS = 3_600_000

export const newEvidenceMemory = (): EvidenceMemory => ({ quotes: new Map(), attempts: new Map() })

/**
 * Keeps the evidence of every live signer, beside the indexing itself: the event log of each machine by its quote, and each
 * platform's collateral, so that a key can be judged whose enclaves are not all there to give theirs. It is kept where it
 * fits the quote on the chain; whoever seals a bid verifies it as if this had looked at nothing. Ends when `signal` says so,
 * or another process leads.
 */
export async function followEvidence(context: EvidenceContext, signal: AbortSignal): Promise<void> {
  const memory = newEvidenceMemory()
  while (!signal.aborted) {
    try {
      await fetchDueEvidence(context, memory, signal)
    } catch (error) {
      if (error instanceof NotLeaderError) return
      context.metrics.failedRounds.inc()
      context.log.error({ err: error }, 'a round of fetching evidence failed')
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** One round: whatever is due now, one signer after another. @throws NotLeaderError, or what the database threw. */
export async function fetchDueEvidence(
  context: EvidenceContext,
  memory: EvidenceMemory,
  signal: AbortSignal,
): Promise<void> {
  const { db, metrics } = context
  const at = (await readSyncState(db))?.cursor?.time
  if (at === undefined) return
  const signers = await listLiveSigners(db, at)
  forgetOthers(memory, signers)
  let missing = 0
  for (const signer of signers) {
    if (signal.aborted) return
    const admitted = await admittedOf(db, memory, signer)
    // Nothing can be kept for what is no quote, and nobody could verify it.
    if (admitted && !(await keepOne(context, memory, { signer, admitted, at }, signal))) missing += 1
  }
  metrics.evidenceMissing.set(missing)
}

const nameOf = ({ blockHash, logIndex }: LiveSigner) => `${blockHash}:${logIndex}`

function forgetOthers({ quotes, attempts }: EvidenceMemory, signers: LiveSigner[]): void {
  const live = new Set(signers.map(nameOf))
  for (const kept of [quotes, attempts]) for (const name of kept.keys()) if (!live.has(name)) kept.delete(name)
}

async function admittedOf(db: Database, { quotes }: EvidenceMemory, signer: LiveSigner): Promise<Admitted | null> {
  const known = quotes.get(nameOf(signer))
  if (known !== undefined) return known
  const bytes = await readAdmittedEvidence(db, signer)
  const admitted = bytes && quoteOf(bytes)
  quotes.set(nameOf(signer), admitted)
  return admitted
}

function quoteOf(evidence: Uint8Array): Admitted | null {
  const quote = decodeEvidence(bytesToHex(evidence))?.quote
  if (!quote) return null
  try {
    return { quote, quoteHash: keccak256(quote), platform: platformOf(quote).platform }
  } catch {
    return null
  }
}

type Due = { signer: LiveSigner; admitted: Admitted; at: bigint }

/** @returns whether event log and collateral are here, and hold. */
async function keepOne(
  context: EvidenceContext,
  { attempts }: EvidenceMemory,
  due: Due,
  signal: AbortSignal,
): Promise<boolean> {
  const { db, log, metrics } = context
  const { signer, admitted, at } = due
  const { keyId } = signer
  const name = nameOf(signer)
  const kept = await findKept(db, admitted.quoteHash, admitted.platform)
  const { collateral } = kept
  const holds = collateral !== null && collateral.validUntil >= at
  const isFresh = holds && Date.now() - collateral.fetchedAt.getTime() < REFRESH_MS
  if (kept.eventLog && isFresh) return true
  const before = attempts.get(name)
  if (before && Date.now() < before.nextAt) return kept.eventLog && holds

  const found = await fetchOne(context, due, { eventLog: kept.eventLog, collateral: isFresh }, signal)
  if (signal.aborted) return kept.eventLog && holds
  const isWhole = found.eventLog && found.collateral
  metrics.evidenceFetches.inc({ outcome: isWhole ? 'FETCHED' : 'MISSING' })
  if (isWhole) {
    attempts.delete(name)
    log.info({ keyId, signer: signer.signer, quote: admitted.quoteHash }, 'evidence kept')
    return true
  }
  const failed = (before?.failed ?? 0) + 1
  attempts.set(name, { failed, nextAt: Date.now() + retryMs(failed) })
  log.warn({ keyId, signer: signer.signer, ...found, failed }, 'no evidence that fits the quote')
  return (kept.eventLog || found.eventLog) && (holds || found.collateral)
}

/** Asks until both are found; what fits is kept at once. @returns what is here now, or was before. */
async function fetchOne(
  context: EvidenceContext,
  { signer, admitted: { quote, quoteHash, platform }, at }: Due,
  have: { eventLog: boolean; collateral: boolean },
  signal: AbortSignal,
): Promise<typeof have> {
  const { db, term } = context
  for await (const { eventLog, collateral } of askPlaces(context, signer, signal)) {
    const fits = await keepableEvidence({ quote, eventLog, collateral, at: Number(at) })
    if (fits.eventLog && !have.eventLog) {
      await keepEventLog(db, term, quoteHash, JSON.stringify(eventLog))
      have.eventLog = true
    }
    if (fits.collateralUntil !== null && !have.collateral) {
      const validUntil = BigInt(Math.floor(fits.collateralUntil))
      await keepCollateral(db, term, { platform, content: JSON.stringify(collateral), validUntil, at })
      have.collateral = true
    }
    if (have.eventLog && have.collateral) break
  }
  return have
}
