import { bytesToHex, hexToBytes, type Hex } from 'viem'
import { keepAnswers } from '../keepAnswers'
import { WorkQueue } from '../workQueue'
import type { KeyProvider } from './provider'

/** Quotes kept at most. An enclave serves eight epochs at a time. */
const MAX_KEPT = 32
/** Different quotes that may wait for the hardware, which takes a second for each. */
const MAX_WAITING = 16

/**
 * The same provider, whose hardware makes one quote at a time, and each once. Beyond `MAX_WAITING` different ones,
 * `attest` rejects with ENCLAVE_BUSY.
 */
export function keepQuotes(provider: KeyProvider): KeyProvider {
  const hardware = new WorkQueue({ running: 1, waiting: MAX_WAITING })
  const quoteOf = keepAnswers(MAX_KEPT, (reportData: Hex) =>
    hardware.run(() => provider.attest(hexToBytes(reportData))),
  )
  return { ...provider, attest: (reportData) => quoteOf(bytesToHex(reportData)) }
}
