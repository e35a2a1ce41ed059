/**
 * The same question asked once: who asks again, or meanwhile, gets the answer that is there or under way. A failure is
 * not kept.
 *
 * @param most Answers kept at most; the one not asked for longest goes first.
 * @param ask Keys are told apart as a Map does.
 */
export function keepAnswers<Key, Answer>(
  most: number,
  ask: (key: Key) => Promise<Answer>,
): (key: Key) => Promise<Answer> {
  const kept = new Map<Key, Promise<Answer>>()
  return (key) => {
    const answer = kept.get(key) ?? ask(key)
    kept.delete(key)
    kept.set(key, answer)
    answer.catch(() => {
      // Not one that was asked for anew meanwhile.
      if (kept.get(key) === answer) kept.delete(key)
    })
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break
      kept.delete(oldest)
    }
    return answer
  }
}
