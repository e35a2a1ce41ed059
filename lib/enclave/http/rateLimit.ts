/** Addresses remembered: the oldest is forgotten first. */
const MAX_REMEMBERED = 4_096

/** A token bucket for each remote address: so many requests a second, and twice as many at once. */
export class RateLimit {
  readonly #perSecond: number
  readonly #clock: () => number
  readonly #buckets = new Map<string, { tokens: number; at: number }>()

  /** @param clock Milliseconds of any steady clock. */
  constructor(perSecond: number, clock: () => number) {
    this.#perSecond = perSecond
    this.#clock = clock
  }

  /** Whether a request from this address may be answered. */
  admits(address: string): boolean {
    const now = this.#clock()
    const most = 2 * this.#perSecond
    const { tokens, at } = this.#buckets.get(address) ?? { tokens: most, at: now }
    const left = Math.min(most, tokens + ((now - at) / 1_000) * this.#perSecond) - 1
    this.#buckets.delete(address)
    this.#buckets.set(address, { tokens: Math.max(left, -1), at: now })
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= MAX_REMEMBERED) break
      this.#buckets.delete(oldest)
    }
    return left >= 0
  }
}
