import type { Finding } from '../proof/check'
import type { BatchEvidence } from './batchEvidence'
import { unitsOf } from './marginAt'
import { projectMargins, replayMargins } from './replayMargins'
import type { ReplayedSettlements, StandingBatch } from './replaySettlements'

/**
 * Margins, replayed since the market's beginning and held against storage for this batch's traders; while the batch is not
 * final, also as they will be once it and the settled ones before it are. PROTOCOL.md section 11.
 */
export function wrongMargins(
  { market: { params }, money, steps, stored }: BatchEvidence,
  settlements: ReplayedSettlements,
  { log }: StandingBatch,
): Finding {
  const units = unitsOf(params)
  const { margins, wrong } = replayMargins(units, params, money, steps, settlements)
  if (wrong !== null) return wrong
  for (const key of new Set(log.fills.map(({ trader }) => trader.toLowerCase()))) {
    const replayed = margins.get(key) ?? { base: 0n, quote: 0n }
    const held = stored.margins.get(key)
    if (held?.base !== replayed.base || held.quote !== replayed.quote) {
      return `storage holds another margin of ${key} than its history makes`
    }
  }
  const waiting = settlements.standing.filter((batch) => {
    return batch.log.batchId <= log.batchId && !settlements.finalized.has(batch.log.batchId)
  })
  return projectMargins(units, margins, waiting).wrong
}
