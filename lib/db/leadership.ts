import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** Any number that no other program on the same database locks. */
const LOCK = 0x5b105a
const TRY_AGAIN_MS = 500
const GOODBYE_MS = 1_000
/** How often the leader speaks in the time after which its silence would count. */
const HEARTBEATS = 5

export type LeadershipOptions = {
  databaseUrl: string
  /**
   * What to do while leading. It must end soon once `signal` says that the lead is lost (or `stop` was called), and
   * write through `writeAsLeader` with `term` alone, since it learns of the loss later than others do.
   */
  lead: (term: bigint, signal: AbortSignal) => Promise<void>
  /** Told why each try to get or keep the lead failed. */
  onError: (error: unknown) => void
  /** After so long without a word from the leader, the database ends its session: it may be frozen or cut off. */
  silenceMs: number
}

export type Leadership = { isLeading: () => boolean; stop: () => Promise<void> }

/**
 * Runs `lead` in at most one process at a time of all that use a database; the others wait, and one of them takes over
 * within a second once the leader's connection is gone, or after `silenceMs` in which a frozen leader said nothing.
 *
 * The lead is a session-level advisory lock on a connection of its own. Taking it raises the term, in that very session,
 * so that only who has the lock can end others' right to write.
 */
export function joinLeadership({ databaseUrl, lead, onError, silenceMs }: LeadershipOptions): Leadership {
  const stopping = new AbortController()
  let leading = false

  async function once(): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 })
    const lost = new AbortController()
    client.on('error', () => lost.abort())
    client.on('end', () => lost.abort())
    try {
      await client.connect()
      await client.query(`SET idle_session_timeout = ${silenceMs}`)
      const isOver = () => lost.signal.aborted || stopping.signal.aborted
      while (!isOver() && !(await tryLock(client))) await pause(TRY_AGAIN_MS, stopping.signal)
      if (isOver()) return
      const term = await nextTerm(client)
      leading = true
      const work = lead(term, AbortSignal.any([lost.signal, stopping.signal]))
      const beating = beat(client, lost, silenceMs)
      try {
        await work
      } finally {
        leading = false
        lost.abort()
        await beating
      }
    } finally {
      leading = false
      // Where the network is cut, nobody answers to a goodbye.
      const goodbye = new AbortController()
      const unanswered = pause(GOODBYE_MS, goodbye.signal)
      await Promise.race([client.end().catch(() => undefined), unanswered])
      // A timer that still runs keeps a process from ending.
      goodbye.abort()
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await once().catch(onError)
      await pause(TRY_AGAIN_MS, stopping.signal)
    }
  }

  const running = run()
  return {
    isLeading: () => leading,
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [LOCK])
  return rows[0]?.locked === true
}

async function nextTerm(client: pg.Client): Promise<bigint> {
  const { rows } = await client.query<{ term: string }>(
    'INSERT INTO leadership (id, term) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET term = leadership.term + 1 RETURNING term',
  )
  const [row] = rows
  if (!row) throw new Error('the database gave no term')
  return BigInt(row.term)
}

/** Keeps the session from being idle, until `lost`; a heartbeat that fails or takes too long loses the lead. */
async function beat(client: pg.Client, lost: AbortController, silenceMs: number): Promise<void> {
  while (!lost.signal.aborted) {
    await pause(silenceMs / HEARTBEATS, lost.signal)
    const late = setTimeout(() => lost.abort(), silenceMs)
    await client.query('SELECT 1').catch(() => lost.abort())
    clearTimeout(late)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined)
}
