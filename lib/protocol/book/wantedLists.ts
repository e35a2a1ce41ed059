import type { BatchEvidence, SettledLog } from './batchEvidence'
import { replaySettlements } from './replaySettlements'

/**
 * The settlements whose lists a batch is judged by: its own, and that of the batch settled last before it, of those that
 * stand; null where there is none. Of evidence that contradicts itself it says something that the checks then refuse.
 */
export function wantedLists({
  batchId,
  leaves,
  steps,
  market,
}: Pick<BatchEvidence, 'batchId' | 'leaves' | 'steps' | 'market'>): {
  own: SettledLog | null
  before: SettledLog | null
} {
  const used = [...new Set(leaves.map((leaf) => leaf.batchId))]
  const standing = replaySettlements(steps, used, { startsAt: market.startsAt, ...market.params }).standing.map(
    ({ log }) => log,
  )
  return {
    own: standing.findLast((log) => log.batchId === batchId) ?? null,
    before: standing.findLast((log) => log.batchId < batchId) ?? null,
  }
}
