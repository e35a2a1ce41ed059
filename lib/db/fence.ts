import type { Database, Queryable } from './client'

/** Somebody else leads by now: whatever was to be written is not. */
export class NotLeaderError extends Error {
  override name = 'NotLeaderError'
}

const LIMITS = { timeout: 60_000, maxWait: 10_000 }

/**
 * Runs a transaction that changes the index, if `term` is the newest term of leadership. The term's row stays locked
 * until the transaction ends, so a new leader begins only after the last write of the old one.
 *
 * @param term As `stayLeader` gave it; null for a writer that has the database to itself.
 * @throws NotLeaderError; nothing is written then.
 */
export async function writeAsLeader<T>(
  db: Database,
  term: bigint | null,
  write: (tx: Queryable) => Promise<T>,
): Promise<T> {
  return db.$transaction(async (tx) => {
    if (term !== null) {
      const [row] = await tx.$queryRaw<{ term: bigint }[]>`SELECT term FROM leadership WHERE id = 1 FOR SHARE`
      if (row?.term !== term) throw new NotLeaderError(`term ${term} is over`)
    }
    return write(tx)
  }, LIMITS)
}
