/**
 * What became of an order in a batch, as the published list numbers it (uint8). With what was filled over all batches it
 * is the whole story: `rests` with something filled is partly filled. Fixed: settlements commit to the numbers.
 * PROTOCOL.md section 11.
 */
export const DISPOSITION = {
  /** Not filled to the end, and stays. */
  rests: 0,
  /** Filled to the end. */
  filled: 1,
  /** It was for one batch, which is over; filled in part or not at all. */
  ended: 2,
  cancelled: 3,
  expired: 4,
  /** It does not open, or breaks a rule. */
  invalid: 5,
  /** It crosses an earlier order of its own trader. */
  selfTrade: 6,
  /** Fill-or-kill, and the margin does not cover it whole. */
  uncovered: 7,
  /** More orders with fill-or-kill or a minimum fill than one batch considers. */
  tooManyConditional: 8,
  /** Fill-or-kill, and it would not have been filled whole. */
  fillOrKill: 9,
  /** It would have been filled below its minimum, and stays. */
  minFillRests: 10,
  /** It would have been filled below its minimum, and was for one batch. */
  minFillEnded: 11,
  /** It got all that the margin covered, or nothing where that is less than its minimum; and stays. */
  cutRests: 12,
  /** It got all that the margin covered, or nothing where that is less than its minimum; and was for one batch. */
  cutEnded: 13,
  /** Sealed to a key that the settling enclave does not hold: it waits, whatever it says. */
  unopened: 14,
  /** Better orders of its side took all the places that the batch had, and it stays. */
  crowdedOutRests: 15,
  /** Better orders of its side took all the places that the batch had, and it was for one batch. */
  crowdedOutEnded: 16,
  /** It was placed more batches before than the market lets orders trade. */
  tooOld: 17,
} as const

export type DispositionName = keyof typeof DISPOSITION

const NAMES = Object.keys(DISPOSITION) as DispositionName[]
const ALIVE: ReadonlySet<DispositionName> = new Set([
  'rests',
  'minFillRests',
  'cutRests',
  'unopened',
  'crowdedOutRests',
])

/** The name of a disposition's number; null for one that is none. */
export function dispositionName(disposition: number): DispositionName | null {
  return NAMES.find((name) => DISPOSITION[name] === disposition) ?? null
}

/** Whether an order goes on into the next batch. */
export function restsOn(disposition: number): boolean {
  const name = dispositionName(disposition)
  return name !== null && ALIVE.has(name)
}
