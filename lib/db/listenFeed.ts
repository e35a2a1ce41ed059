import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { FEED_CHANNEL } from './feed'

export type FeedListener = { stop: () => Promise<void> }

const RETRY_MS = 1_000

/**
 * Calls `onChange` whenever the feed has grown, by LISTEN on a connection of its own, which is opened again whenever
 * it is lost.
 *
 * @param onChange Gets the feed's newest id; null after each connecting, when there may be anything to read: what was
 * notified while there was no connection never comes.
 * @param onError Told of each lost or failed connection.
 */
export function listenFeed(
  databaseUrl: string,
  onChange: (newestId: bigint | null) => void,
  onError: (error: unknown) => void = () => undefined,
): FeedListener {
  const stopping = new AbortController()

  async function listenOnce(): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000, keepAlive: true })
    const ended = new Promise<void>((resolve, reject) => {
      client.once('error', reject)
      client.once('end', () => reject(new Error('the connection ended')))
      stopping.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    // Awaited below; until then an early end must not count as unhandled.
    ended.catch(() => undefined)
    try {
      await client.connect()
      client.on('notification', ({ payload }) => onChange(BigInt(payload ?? '0')))
      await client.query(`LISTEN ${FEED_CHANNEL}`)
      onChange(null)
      await ended
    } finally {
      // A connection that failed may fail again while it ends.
      client.on('error', () => undefined)
      await client.end().catch(() => undefined)
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await listenOnce()
      } catch (error) {
        onError(error)
        await sleep(RETRY_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  }

  const running = run()
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
