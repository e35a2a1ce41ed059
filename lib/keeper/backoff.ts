const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 600_000

/**
 * Waits longer after every failure of the same item, and never on account of another: a lot token that always reverts,
 * or a receiver that refuses, costs one dry run every ten minutes.
 */
export class Backoff {
  readonly #items = new Map<string, { failures: number; until: number }>()

  /** How many items are being waited for. */
  get size(): number {
    return this.#items.size
  }

  /** @param now Milliseconds of any steady clock. */
  isReady(key: string, now: number): boolean {
    return now >= (this.#items.get(key)?.until ?? 0)
  }

  /** @returns How many times the item has failed, and when it may be tried again. */
  fail(key: string, now: number): { failures: number; pauseMs: number } {
    const failures = (this.#items.get(key)?.failures ?? 0) + 1
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS)
    this.#items.set(key, { failures, until: now + pauseMs })
    return { failures, pauseMs }
  }

  succeed(key: string): void {
    this.#items.delete(key)
  }

  /** Forgets every other item: done by somebody else, or given up. */
  retain(keys: ReadonlySet<string>): void {
    for (const key of this.#items.keys()) if (!keys.has(key)) this.#items.delete(key)
  }
}
