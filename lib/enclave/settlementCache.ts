import type { Hex } from 'viem'
import type { SignedSettlement } from './settleAuction'

/** A keeper that lost its connection asks again within minutes. */
const KEPT_MS = 10 * 60_000
const MAX_KEPT = 64

/** What a settlement is a function of: the leaves, and the round that it is made for. */
export type SettlementInputs = { id: Hex; acc: Hex; count: number; round: number }

/** `until`: milliseconds of the clock, endless while the work is under way. */
type Kept = { work: Promise<SignedSettlement>; until: number }

/**
 * Settlements under way and those lately made. A long auction may take longer than who asked for it waits: the work
 * goes on, and whoever asks next gets it. Since the same inputs give the same bytes, forgetting one costs time alone.
 */
export class SettlementCache {
  readonly #kept = new Map<string, Kept>()
  readonly #clock: () => number

  /** @param clock Milliseconds of any steady clock. */
  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** The settlement of these inputs, from `settle` where it is not there yet. A failure is not kept. */
  get({ id, acc, count, round }: SettlementInputs, settle: () => Promise<SignedSettlement>): Promise<SignedSettlement> {
    const key = `${id}/${acc}/${count}/${round}`
    this.#forget()
    const known = this.#kept.get(key)
    if (known) return known.work
    const kept: Kept = { work: settle(), until: Infinity }
    this.#kept.set(key, kept)
    kept.work.then(
      () => (kept.until = this.#clock() + KEPT_MS),
      () => (kept.until = 0),
    )
    return kept.work
  }

  /** Those whose time is up, and the oldest, so that there is room for one more. */
  #forget(): void {
    for (const [key, { until }] of this.#kept) if (until <= this.#clock()) this.#kept.delete(key)
    for (const oldest of this.#kept.keys()) if (this.#kept.size >= MAX_KEPT) this.#kept.delete(oldest)
  }
}
