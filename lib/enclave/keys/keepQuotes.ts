import { bytesToHex, type Hex } from 'viem'
import type { Attestation, KeyProvider } from './provider'
import { WorkQueue } from '../workQueue'

/** Quotes kept at most; the one not asked for longest goes first. An enclave serves eight epochs at a time. */
const MAX_KEPT = 32
/** Different quotes that may wait for the hardware, which takes a second for each. */
const MAX_WAITING = 16

/**
 * The same provider, whose hardware makes one quote at a time, and each once: who asks for one that is made, or being
 * made, gets that. A failure is not kept. Beyond `MAX_WAITING` different ones, `attest` rejects with ENCLAVE_BUSY.
 */
export function keepQuotes(provider: KeyProvider): KeyProvider {
  const hardware = new WorkQueue({ running: 1, waiting: MAX_WAITING })
  const kept = new Map<Hex, Promise<Attestation>>()
  return {
    ...provider,
    attest(reportData) {
      const key = bytesToHex(reportData)
      const quote = kept.get(key) ?? hardware.run(() => provider.attest(reportData))
      kept.delete(key)
      kept.set(key, quote)
      quote.catch(() => kept.delete(key))
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_KEPT) break
        kept.delete(oldest)
      }
      return quote
    },
  }
}
