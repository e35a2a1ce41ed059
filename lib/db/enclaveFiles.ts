import type { Queryable } from './client'
import { Prisma, type FileState } from './generated/client'

/** What enclaves serve under its hash, and the index keeps: each kind has a table, and both have the same columns. */
export type EnclaveFileKind = 'bundle' | 'carriedList'

/** A file that is asked for again and again, until it is here. `attempts`: failed ones so far. */
export type DueFile = { hash: string; signer: string; attempts: number }

/** What came of asking once. `url`: where; `reason`: why it failed, in a few words. */
export type FileOutcome =
  | { state: 'FETCHED'; content: Uint8Array; url: string }
  | { state: Exclude<FileState, 'FETCHED'>; reason: string; nextAttemptAt: Date }

const TABLES: Record<EnclaveFileKind, { table: Prisma.Sql; key: Prisma.Sql }> = {
  bundle: { table: Prisma.sql`bundles`, key: Prisma.sql`proof_hash` },
  carriedList: { table: Prisma.sql`carried_lists`, key: Prisma.sql`carried_hash` },
}

/** Keeps a file under its hash, or that it could not be had. One that is here already stays. */
export async function writeFile(
  tx: Queryable,
  kind: EnclaveFileKind,
  hash: string,
  outcome: FileOutcome,
): Promise<void> {
  const { table, key } = TABLES[kind]
  if (outcome.state === 'FETCHED') {
    const { content, url } = outcome
    await tx.$executeRaw`
      INSERT INTO ${table} (${key}, state, content, length, url, fetched_at, attempts, next_attempt_at)
      VALUES (${hash}, 'FETCHED', ${Uint8Array.from(content)}, ${content.length}::int, ${url}, now(), 0, now())
      ON CONFLICT (${key}) DO UPDATE SET state = EXCLUDED.state, content = EXCLUDED.content, length = EXCLUDED.length,
        url = EXCLUDED.url, fetched_at = EXCLUDED.fetched_at, reason = NULL, next_attempt_at = EXCLUDED.next_attempt_at`
    return
  }
  const { state, reason, nextAttemptAt } = outcome
  await tx.$executeRaw`
    INSERT INTO ${table} AS kept (${key}, state, reason, attempts, next_attempt_at)
    VALUES (${hash}, ${state}::"FileState", ${reason}, 1, ${nextAttemptAt})
    ON CONFLICT (${key}) DO UPDATE SET state = EXCLUDED.state, reason = EXCLUDED.reason,
      attempts = kept.attempts + 1, next_attempt_at = EXCLUDED.next_attempt_at
    WHERE kept.state <> 'FETCHED'`
}
