import type { Address } from 'viem'
import type { BatchLog, SettledLog } from './batchEvidence'
import type { Finding } from '../proof/check'
import { lastAfter } from './batchOutcome'

/** A settlement that stands, with what it found. */
export interface StandingBatch {
  log: SettledLog
  /** The last price before it, in ticks; null before any trade. */
  last: number | null
  /** Strikes in the market before it. */
  strikes: number
  /** When the newest of them was, Unix seconds. */
  struckAt: bigint | null
  /** Signers whose settlements of this batch were struck before. */
  struckSigners: readonly Address[]
}

/** What became of a market's batches. */
export interface ReplayedSettlements {
  /** Those that stand, in the order of batches. */
  standing: StandingBatch[]
  struck: ReadonlyMap<bigint, readonly Address[]>
  /** When the newest strike was, Unix seconds. */
  struckAt: bigint | null
  voided: ReadonlySet<bigint>
  finalized: ReadonlySet<bigint>
  /** Why these cannot be one market's full list. */
  wrong: Finding
}

/**
 * Replays settlements, strikes, voids and finalizations: a strike takes back the settlement of its batch and of all
 * after it, and the last price with them. PROTOCOL.md section 11.
 *
 * @param used Used batches, in order: they are settled in turn.
 */
export function replaySettlements(steps: readonly BatchLog[], used: readonly bigint[]): ReplayedSettlements {
  const standing: StandingBatch[] = []
  const struck = new Map<bigint, Address[]>()
  const voided = new Set<bigint>()
  const finalized = new Set<bigint>()
  let last: number | null = null
  let strikes = 0
  let struckAt: bigint | null = null
  let wrong: Finding = null
  const fail = (words: string) => (wrong ??= words)
  const standsAt = (batchId: bigint) => standing.findIndex(({ log }) => log.batchId === batchId)
  const isVoid = (batchId: bigint | undefined) => batchId !== undefined && voided.has(batchId)
  /** Of the used batches, how many are settled or void already: none comes back but by a strike. */
  let done = 0

  for (const step of steps) {
    const { batchId } = step
    switch (step.type) {
      case 'BatchSettled': {
        while (isVoid(used[done])) done += 1
        if (used[done] !== batchId) fail(`batch ${batchId} was settled where batch ${used[done] ?? 'none'} was next`)
        done = used.indexOf(batchId) + 1
        standing.push({ log: step, last, strikes, struckAt, struckSigners: [...(struck.get(batchId) ?? [])] })
        last = lastAfter(last, { price: step.settlement.price, fills: step.fills })
        break
      }
      case 'BatchStruck': {
        const at = standsAt(batchId)
        const taken = at === -1 ? undefined : standing[at]
        if (!taken || finalized.has(batchId)) {
          fail(`batch ${batchId} was struck without a settlement that could be`)
          break
        }
        if (step.signerIndex !== 0) struck.set(batchId, [...(struck.get(batchId) ?? []), taken.log.signer])
        last = taken.last
        strikes += 1
        struckAt = step.at
        standing.splice(at)
        done = used.indexOf(batchId)
        break
      }
      case 'BatchVoided':
        if (standsAt(batchId) !== -1) fail(`batch ${batchId} was voided though it was settled`)
        voided.add(batchId)
        break
      case 'BatchFinalized':
        if (standsAt(batchId) === -1) fail(`batch ${batchId} was made final without a settlement`)
        finalized.add(batchId)
        break
    }
  }
  return { standing, struck, struckAt, voided, finalized, wrong }
}
