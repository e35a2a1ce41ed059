import type { Logger } from '../observe/logger'
import { keepAnswers } from './keepAnswers'
import type { EnclaveMetrics } from './metrics'

export type DeliverOptions = {
  /** The keepers' addresses, as the measured configuration has them. */
  urls: readonly string[]
  /** How long one keeper may keep the others, and everybody else, waiting. */
  timeoutMs?: number
  log: Logger
  metrics: Pick<EnclaveMetrics, 'deliveries'>
}

/** Hands an outcome to every keeper; resolves when all have it, or have had their time. Never rejects. */
export type Deliver = (outcome: unknown) => Promise<void>

/** A round trip to anywhere, and one that is lost. */
const TIMEOUT_MS = 3_000
/** Outcomes that a keeper is known to have: of those a market or an auction is asked about again. */
const MAX_TAKEN = 64

/**
 * Every outcome goes to the keepers before anybody else can have it: who holds the enclave's network could otherwise ask
 * first, dislike what they see, and let nobody else ask. A keeper that took one is not handed the same again, however
 * often it is made; one that did not is, when somebody asks next. PROTOCOL.md section 7.
 */
export function createDelivery({ urls, timeoutMs = TIMEOUT_MS, log, metrics }: DeliverOptions): Deliver {
  async function send(url: string, place: number, body: string): Promise<void> {
    try {
      const response = await fetch(`${url.replace(/\/$/, '')}/v1/outcomes`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body },
        // What a keeper answers is not read, and where it sends us is not where we were told to go.
        ...{ redirect: 'error', signal: AbortSignal.timeout(timeoutMs) },
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`it answered ${response.status}`)
      metrics.deliveries.inc({ keeper: place, result: 'taken' })
    } catch (error) {
      metrics.deliveries.inc({ keeper: place, result: 'failed' })
      log.warn({ keeper: place, reason: reasonOf(error) }, 'a keeper did not take an outcome; it may ask for it')
      throw error
    }
  }
  const sendOnce = urls.map((url, place) => keepAnswers(MAX_TAKEN, (body: string) => send(url, place, body)))

  return async (outcome) => {
    if (urls.length === 0) return
    const body = JSON.stringify(outcome, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
    await Promise.allSettled(sendOnce.map((sendTo) => sendTo(body)))
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
