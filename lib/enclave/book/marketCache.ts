import type { Hex } from 'viem'

/** What a market in memory weighs. */
export type Weight = {
  /** Leaves and events that would be read and proven again, were it forgotten. */
  cost: number
  /** Things of it that are in memory. */
  size: number
}

/** `worth`: the higher, the later it is forgotten. `busy`: settlements of it under way. */
type Entry<Market> = { market: Market; cost: number; size: number; worth: number; busy: number }

/**
 * Markets kept in memory. Where there are too many, or they take too much, the one goes that is made again with the least
 * work; so that no number of small markets drives out a large one, but that each one forgotten makes those not used since
 * worth less (GreedyDual, Young 1994). One that is being settled stays.
 */
export class MarketCache<Market> {
  readonly #entries = new Map<Hex, Entry<Market>>()
  readonly #most: number
  readonly #maxSize: number
  /** The worth of the one forgotten last. */
  #floor = 0

  /** @param limits.most Markets at most. @param limits.maxSize Of all of them together; one alone may be larger. */
  constructor({ most, maxSize }: { most: number; maxSize: number }) {
    this.#most = most
    this.#maxSize = maxSize
  }

  /** A market that is there, without any effect on how long it stays. */
  peek(id: Hex): Market | null {
    return this.#entries.get(id)?.market ?? null
  }

  /**
   * Works on a market, which is made where it is not there.
   *
   * @param weigh What it weighs after the work, whether that succeeded or not.
   */
  async use<T>(
    id: Hex,
    make: () => Market,
    weigh: (market: Market) => Weight,
    work: (market: Market) => Promise<T>,
  ): Promise<T> {
    const entry = this.#entries.get(id) ?? { market: make(), cost: 0, size: 0, worth: this.#floor, busy: 0 }
    this.#entries.set(id, entry)
    entry.busy += 1
    try {
      return await work(entry.market)
    } finally {
      entry.busy -= 1
      Object.assign(entry, weigh(entry.market))
      entry.worth = this.#floor + entry.cost
      this.#makeRoom()
    }
  }

  #makeRoom(): void {
    for (;;) {
      const size = [...this.#entries.values()].reduce((sum, entry) => sum + entry.size, 0)
      const isFull = this.#entries.size > this.#most || (size > this.#maxSize && this.#entries.size > 1)
      if (!isFull) return
      const [least] = [...this.#entries]
        .filter(([, { busy }]) => busy === 0)
        .sort(([, one], [, other]) => one.worth - other.worth)
      if (!least) return
      const [id, { worth }] = least
      this.#floor = Math.max(this.#floor, worth)
      this.#entries.delete(id)
    }
  }
}
