/** What a market's clock depends on, in Unix seconds of chain time. PROTOCOL.md section 11. */
export type BatchClock = { startsAt: number; batchLength: number }

/** The batch that a block of this time belongs to; batches are numbered from 1. */
export function batchAt({ startsAt, batchLength }: BatchClock, time: number): number {
  return Math.max(1, Math.floor((time - startsAt) / batchLength) + 1)
}

/** The first second that is no longer part of the batch. */
export function endOfBatch({ startsAt, batchLength }: BatchClock, batchId: number): number {
  return startsAt + batchId * batchLength
}

/**
 * Where a batch stands. `open`: it takes orders. `closing`: its time is up, and no block of a later time exists yet.
 * `waiting`: over, and not settled. `late`: nobody settled it in time, and nobody has said so on the chain yet.
 * `settled`: on the chain, until its challenge window is over. `ready`: the window is over, and nobody has applied it.
 */
export type BatchPhase = 'open' | 'closing' | 'waiting' | 'late' | 'settled' | 'ready' | 'final' | 'void'

export type BatchFacts = {
  batchId: number
  /** Unix seconds until which it may be challenged; null while it is not settled. */
  challengeUntil: number | null
  /** Unix seconds from which on it can no longer be settled, where it is not. */
  settleBy: number
  status: 'open' | 'final' | 'void'
}

/** A batch's phase against chain time. @param clock The newest block's time, and the estimate that runs on from it. */
export function batchPhase(
  market: BatchClock,
  { batchId, challengeUntil, settleBy, status }: BatchFacts,
  clock: { block: number; now: number },
): BatchPhase {
  if (status !== 'open') return status
  if (challengeUntil !== null) return clock.block >= challengeUntil ? 'ready' : 'settled'
  const end = endOfBatch(market, batchId)
  if (clock.block >= settleBy) return 'late'
  if (clock.block >= end) return 'waiting'
  return clock.now >= end ? 'closing' : 'open'
}

/** A phase's name, and what it means. */
export const BATCH_PHASES: Record<BatchPhase, { name: string; meaning: string }> = {
  open: { name: 'Taking orders', meaning: 'Orders are taken, and stay sealed.' },
  closing: { name: 'Closing', meaning: 'The time is up; waiting for the block that ends the batch.' },
  waiting: { name: 'Waiting', meaning: 'The enclave opens its orders and clears them once a final block ends it.' },
  late: { name: 'Not settled', meaning: 'Nobody settled it in time: nothing trades, resting orders rest.' },
  settled: { name: 'Settled', meaning: 'Its fills count, and can be taken back by a challenge until then.' },
  ready: { name: 'Settled', meaning: 'Nobody challenged it; it becomes final with the next transaction that says so.' },
  final: { name: 'Final', meaning: 'Its fills are in the traders’ margins.' },
  void: { name: 'Void', meaning: 'Nothing traded in it, and resting orders rest.' },
}
