import { pino, type DestinationStream, type Logger } from 'pino'

export type { Logger } from 'pino'

/**
 * Names under which a secret, or something that reveals one, could reach a log line. Bids' openings are here as much
 * as keys: a log that shows a price breaks the seal as surely as a leaked key.
 */
const SECRET_NAMES = [
  'secret',
  'seed',
  'privateKey',
  'mnemonic',
  'password',
  'authorization',
  'cookie',
  'sharedX',
  'rho',
  'blinding',
  'price',
  'plaintext',
  'opening',
  'openings',
  'witness',
  'DATABASE_URL',
  'KEEPER_PRIVATE_KEY',
  'KEEPER_ANCHOR_SEED',
]

/** pino redacts by path: the name at the top, one level down, and two (arrays of objects included). */
const REDACTED_PATHS = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/** A bigint has no JSON form; logs carry it as a decimal string, as the API does. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return value.map(plain)
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
  }
  return value
}

/**
 * A logger that writes one JSON object a line to stdout, with bigints as strings and secrets blanked out.
 *
 * @param service Name of the process, on every line.
 * @param level One of pino's level names.
 * @example const log = createLogger('keeper', env.LOG_LEVEL); log.info({ id }, 'settled')
 */
export function createLogger(service: string, level = 'info', destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => plain(fields) as Record<string, unknown>,
    },
  }
  return destination ? pino(options, destination) : pino(options)
}
