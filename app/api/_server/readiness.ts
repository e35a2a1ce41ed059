import { readSyncState } from '../../../lib/db/sync'
import type { Readiness } from '../../../lib/observe/health'
import { database } from '../v1/_lib/database'

/** Ready: the database answers, and has an index to read from. */
export async function readReadiness(): Promise<Readiness> {
  const state = await readSyncState(database()).catch(() => undefined)
  if (state === undefined) return { ready: false, reason: 'the database cannot be reached' }
  if (!state?.cursor) return { ready: false, reason: 'nothing is indexed yet' }
  return { ready: true }
}
