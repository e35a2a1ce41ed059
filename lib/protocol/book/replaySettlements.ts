import { isAddressEqual } from 'viem/utils'
import type { Address } from 'viem'
import { ZERO_ADDRESS } from '../constants'
import type { BatchLog, SettledLog } from './batchEvidence'
import type { Finding } from '../proof/check'
import { lastAfter } from './batchOutcome'
import type { BatchClock, DeadlineMove } from './deadline'

/** A settlement that stands, with what it found. */
export interface StandingBatch {
  log: SettledLog
  /** The last price before it, in ticks; null before any trade. */
  last: number | null
  /** Strikes in the market before it. */
  strikes: number
  /** What those of them gave. */
  moves: readonly DeadlineMove[]
  /** Signers whose settlements in the market were struck before. */
  barred: readonly Address[]
}

/** What became of a market's batches. */
export interface ReplayedSettlements {
  /** Those that stand, in the order of batches. */
  standing: StandingBatch[]
  /** How often a settlement of a batch was struck itself, or with one before it. */
  struck: ReadonlyMap<bigint, number>
  moves: readonly DeadlineMove[]
  voided: ReadonlySet<bigint>
  finalized: ReadonlySet<bigint>
  /** Why these cannot be one market's full list. */
  wrong: Finding
}

/**
 * Replays settlements, strikes, voids and finalizations: a strike takes back the settlement of its batch and of all
 * after it, the last price with them, and gives those that have ended their time anew. PROTOCOL.md sections 9 and 11.
 *
 * @param used Used batches, in order: they are settled in turn.
 */
export function replaySettlements(
  steps: readonly BatchLog[],
  used: readonly bigint[],
  clock: BatchClock,
): ReplayedSettlements {
  const standing: StandingBatch[] = []
  const struck = new Map<bigint, number>()
  const voided = new Set<bigint>()
  const finalized = new Set<bigint>()
  let last: number | null = null
  let strikes = 0
  const moves: DeadlineMove[] = []
  const barred: Address[] = []
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
        standing.push({ log: step, last, strikes, moves: [...moves], barred: [...barred] })
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
        if (!isAddressEqual(step.signer, ZERO_ADDRESS)) {
          if (!isAddressEqual(step.signer, taken.log.signer)) fail(`${step.signer} did not settle batch ${batchId}`)
          barred.push(step.signer)
        }
        while (isVoid(used[done])) done += 1
        const move = moveOf(step, used[done] ?? 0n, clock)
        if (move) moves.push(move)
        else if (step.movedUntil !== 0n) fail(`the strike of batch ${batchId} moved deadlines to ${step.movedUntil}`)
        last = taken.last
        strikes += 1
        for (const { log } of standing.splice(at)) struck.set(log.batchId, (struck.get(log.batchId) ?? 0) + 1)
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
  return { standing, struck, moves, voided, finalized, wrong }
}

/** The batches that have ended, from the struck one on; null where it says that it moved no deadline, or a wrong time. */
function moveOf(
  { batchId, signer, movedUntil, at }: Extract<BatchLog, { type: 'BatchStruck' }>,
  unsettled: bigint,
  clock: BatchClock,
): DeadlineMove | null {
  if (movedUntil === 0n || isAddressEqual(signer, ZERO_ADDRESS)) return null
  if (movedUntil !== at + BigInt(clock.batchSettleBy)) return null
  const to = (at - clock.startsAt) / BigInt(clock.batchLength)
  return { from: batchId, unsettled, to, until: movedUntil }
}
