const FORGET_FAILURE_MS = 5_000

/**
 * Keeps what a token says of itself, which hardly ever changes. A failure is kept for some seconds only, so that a
 * token that does not answer slows down one page and not each.
 *
 * @param most How many answers are kept; the oldest go first.
 * @returns asks once a key; null where the asking failed.
 */
export function remember<Value>(most: number): (key: string, ask: () => Promise<Value>) => Promise<Value | null> {
  const kept = new Map<string, Promise<Value | null>>()
  return (key, ask) => {
    const known = kept.get(key)
    if (known) return known
    const answer = ask().catch(() => {
      setTimeout(() => kept.delete(key), FORGET_FAILURE_MS).unref()
      return null
    })
    kept.set(key, answer)
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    return answer
  }
}
