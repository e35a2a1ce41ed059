/** What of a market decides when its batches end, and until when they may be settled. Times in Unix seconds. */
export interface BatchClock {
  startsAt: bigint
  batchLength: bigint | number
  batchSettleBy: bigint | number
}

/**
 * A strike's gift of time: batches from `from` to `to`, which had ended, may be settled until `until`. Those from
 * `unsettled` on were not settled then; 0 for none.
 */
export interface DeadlineMove {
  from: bigint
  unsettled: bigint
  to: bigint
  until: bigint
}

/** Strikes that may have moved deadlines of batches that are not final yet; one more moves none. */
export const MAX_MOVES = 8

/** The first second that is no longer part of a batch. */
export function endOfBatch({ startsAt, batchLength }: BatchClock, batchId: bigint): bigint {
  return startsAt + batchId * BigInt(batchLength)
}

/**
 * The first second in which a batch that is not settled is void: `batchSettleBy` after its end. A strike moves the deadline
 * of each batch once, so the first one that reached it counts; of those that were late already, none. A batch whose key
 * nobody may sign for any more is void at its end. PROTOCOL.md sections 9 and 11.
 *
 * @param moves In the chain's order.
 * @param hasKey Whether a key serves the batch, and is not revoked.
 */
export function deadlineOf(
  clock: BatchClock,
  batchId: bigint,
  moves: readonly DeadlineMove[],
  hasKey: boolean,
): bigint {
  const end = endOfBatch(clock, batchId)
  if (!hasKey) return end
  const settleBy = BigInt(clock.batchSettleBy)
  const deadline = end + settleBy
  const move = moves.find(({ from, to }) => batchId >= from && batchId <= to)
  if (!move) return deadline
  const wasSettled = move.unsettled === 0n || batchId < move.unsettled
  const wasLate = !wasSettled && deadline <= move.until - settleBy
  return wasLate || deadline > move.until ? deadline : move.until
}
