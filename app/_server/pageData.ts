import type { Database } from '../../lib/db/client'
import { isDatabaseUnavailable } from '../../lib/db/unavailable'
import { database } from '../api/v1/_lib/database'
import { NotIndexedYet } from './readHead'

/** What a page says instead of its contents, where they could not be read. */
export type Loaded<Data> = { ok: true; data: Data } | { ok: false; reason: string }

/** Reads for a page. What can be late, and says so itself, is a reason; anything else is the error page's. */
export async function load<Data>(read: (db: Database) => Promise<Data>): Promise<Loaded<Data>> {
  try {
    return { ok: true, data: await read(database()) }
  } catch (error) {
    if (error instanceof NotIndexedYet)
      return { ok: false, reason: 'Nothing is indexed yet; the first block is on its way.' }
    if (isDatabaseUnavailable(error)) return { ok: false, reason: 'The database cannot be reached.' }
    throw error
  }
}
