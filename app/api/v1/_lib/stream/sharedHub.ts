import { loadEnv, webEnv } from '../../../../../lib/config/env'
import { createLogger } from '../../../../../lib/observe/logger'
import { database } from '../database'
import { apiSettings } from '../rateLimit'
import { StreamHub } from './hub'

// On globalThis: Next bundles the routes and the start of the server each by themselves.
const shared = globalThis as typeof globalThis & { subrosaStreams?: StreamHub }

/** The hub of this process, made at the first stream. */
export function streamHub(): StreamHub {
  const env = loadEnv(webEnv)
  const { STREAMS_MAX: maxStreams, STREAMS_PER_ADDRESS: maxPerAddress } = apiSettings()
  return (shared.subrosaStreams ??= new StreamHub({
    db: database(),
    databaseUrl: env.DATABASE_URL,
    log: createLogger('api', env.LOG_LEVEL),
    maxStreams,
    maxPerAddress,
  }))
}

/** The hub, where there has been a stream. */
export function existingStreamHub(): StreamHub | undefined {
  return shared.subrosaStreams
}
