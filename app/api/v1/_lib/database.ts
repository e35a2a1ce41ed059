import { loadEnv, webEnv } from '../../../../lib/config/env'
import { openDatabase, type Database } from '../../../../lib/db/client'

// On globalThis, because the development server loads modules again at every change and would leak a pool each time.
const shared = globalThis as typeof globalThis & { subrosaDatabase?: Database }

/** The web server's pool, opened at the first request. */
export function database(): Database {
  shared.subrosaDatabase ??= openDatabase(loadEnv(webEnv).DATABASE_URL)
  return shared.subrosaDatabase
}
