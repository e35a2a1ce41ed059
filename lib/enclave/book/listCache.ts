import type { Carried } from '../../protocol/book/carried'

/** A batch's list, as it is served. */
export type ServedList = { carriedHash: `0x${string}`; carried: Carried[] }

/** Orders in all lists together, at most: some hundred bytes each. */
const MAX_ROWS = 200_000

/** Lists lately made, by whatever tells one from every other. The one not asked for longest goes first. */
export class ListCache {
  readonly #kept = new Map<string, ServedList>()
  readonly #maxRows: number
  #rows = 0

  constructor(maxRows = MAX_ROWS) {
    this.#maxRows = maxRows
  }

  get(key: string): ServedList | null {
    const list = this.#kept.get(key)
    if (!list) return null
    this.#kept.delete(key)
    this.#kept.set(key, list)
    return list
  }

  put(key: string, list: ServedList): void {
    this.#drop(key)
    this.#kept.set(key, list)
    // An empty list takes room too.
    this.#rows += 1 + list.carried.length
    for (const oldest of this.#kept.keys()) {
      if (this.#rows <= this.#maxRows || this.#kept.size === 1) break
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    const list = this.#kept.get(key)
    if (!list) return
    this.#rows -= 1 + list.carried.length
    this.#kept.delete(key)
  }
}
