import { existingStreamHub } from '../../../app/api/v1/_lib/stream/sharedHub'
import { closeDatabase, type Database } from '../../../lib/db/client'

/** What the API keeps for all its bundles of one process. */
type Kept = Partial<Record<'subrosaStreams' | 'subrosaApiEnv' | 'subrosaRateLimiter', unknown>> & {
  subrosaDatabase?: Database
}

/**
 * Has the API's handlers in this process read a database, and limit no address.
 *
 * @returns Puts an end to it: streams and pool are closed, and the process is as it was, for the next file of tests.
 */
export function serveFrom(databaseUrl: string): () => Promise<void> {
  const settings: Record<string, string> = { DATABASE_URL: databaseUrl, API_RATE_PER_SECOND: '0' }
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, settings)
  return async () => {
    const kept = globalThis as Kept
    await existingStreamHub()?.close()
    if (kept.subrosaDatabase) await closeDatabase(kept.subrosaDatabase)
    delete kept.subrosaStreams
    delete kept.subrosaApiEnv
    delete kept.subrosaRateLimiter
    delete kept.subrosaDatabase
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
