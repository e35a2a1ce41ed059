import type { Pause } from './journal/state'

const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 600_000

/**
 * The next pause of an item that failed: longer after every failure, and never on account of another item. A lot token
 * that always reverts, or a receiver that refuses, costs one dry run every ten minutes.
 *
 * @param now Milliseconds since 1970.
 */
export function nextPause(last: Pause | undefined, now: number): Pause {
  const failures = (last?.failures ?? 0) + 1
  return { failures, until: now + Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS) }
}

/** Whether a pause is over. A clock that was put back makes nothing wait for longer than it would have. */
export function isOver(pause: Pause | undefined, now: number): boolean {
  return !pause || now >= pause.until || pause.until - now > LONGEST_PAUSE_MS
}
