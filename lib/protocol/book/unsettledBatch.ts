import type { Check } from '../proof/check'
import type { BatchEvidence } from './batchEvidence'
import { deadlineOf, endOfBatch } from './deadline'
import type { ReplayedBatch } from './replayBatches'
import type { ReplayedSettlements } from './replaySettlements'
import type { BatchStanding, BatchVerdict } from './batchVerdict'

const STORED_VOID = 2

/**
 * A batch without a settlement that stands. Void is an outcome, and can be checked: nothing traded. Of one that still waits
 * there is nothing to say yet. PROTOCOL.md section 11.
 */
export function unsettledVerdict(
  evidence: BatchEvidence,
  batch: ReplayedBatch,
  settlements: ReplayedSettlements,
  checks: Check[],
): BatchVerdict {
  const { status, detail } = standingOf(evidence, settlements)
  const isVoid = status === 'void'
  const all = [...checks, { name: 'status', ok: isVoid, detail }]
  return {
    ok: all.every(({ ok }) => ok),
    checks: all,
    status,
    orders: batch.orders.length,
    ...{ fills: 0, invalid: 0 },
    unproven: isVoid ? [] : ['settlement'],
  }
}

function standingOf(
  { batchId, market: { params, startsAt }, stored, steps, now }: BatchEvidence,
  { voided, moves }: ReplayedSettlements,
): { status: BatchStanding; detail: string } {
  const clock = { startsAt, ...params }
  const end = endOfBatch(clock, batchId)
  const deadline = deadlineOf(clock, batchId, moves, stored.batch.isKeyKnown)
  const isVoid = voided.has(batchId)
  if (isVoid !== (stored.batch.status === STORED_VOID)) {
    return { status: 'waiting', detail: 'events and storage disagree on whether it is void' }
  }
  if (isVoid) return { status: 'void', detail: 'void: no settlement of it stands, nothing traded' }
  if (now >= deadline) {
    const why = stored.batch.isKeyKnown ? 'nobody settled it by then' : 'it has no key that anybody may sign for'
    return { status: 'void', detail: `void since ${deadline}: ${why}, nothing traded` }
  }
  if (now < end) return { status: 'open', detail: `it takes orders until ${end}` }
  const wasSettled = steps.some((step) => step.type === 'BatchSettled' && step.batchId === batchId)
  return wasSettled
    ? { status: 'struck', detail: `its settlement was struck; it waits for another one, until ${deadline}` }
    : { status: 'waiting', detail: `it waits to be settled, until ${deadline}` }
}
