const LOOK_MS = 300

/** For what never comes, and no measurement: how long anything is waited for that a page, a chain or an index is to do. */
export const PATIENCE_MS = 240_000

/**
 * Looks again and again until there is something.
 * @param what Names it in the error.
 * @throws Error where it never comes.
 */
export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<NonNullable<T>> {
  for (const deadline = performance.now() + PATIENCE_MS; ;) {
    const found = await look()
    if (found) return found
    if (performance.now() > deadline) throw new Error(`Within ${PATIENCE_MS / 1_000} s there was no ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
