import { endpointKind } from '../../lib/chain/endpointKind'

const LOOK_EVERY_MS = 2_000

/** The newest block as last seen. `seenAt` and `now` by the page's own stopwatch, in milliseconds. */
export type BlockReading = { block: number; seenAt: number; now: number }

export type BlockClock = { subscribe: (onChange: () => void) => () => void; read: () => BlockReading | undefined }

/**
 * Looks up the newest block's time while somebody wants to know, without any library: it is on every page.
 * The person's own clock plays no part, only how long something took.
 *
 * @param readBlock Unix seconds of the newest block; throws where the node does not answer.
 */
export function createBlockClock(readBlock: () => Promise<number>): BlockClock {
  const listeners = new Set<() => void>()
  let reading: BlockReading | undefined
  let timers: ReturnType<typeof setInterval>[] = []

  const tell = (next: BlockReading | undefined) => {
    reading = next
    for (const listener of listeners) listener()
  }
  const look = async () => {
    try {
      const block = await readBlock()
      // A node behind a balancer may know less than another did before.
      if (reading && block < reading.block) return
      const now = performance.now()
      tell(reading?.block === block ? { ...reading, now } : { block, seenAt: now, now })
    } catch {
      // Told by the age of what is known.
    }
  }
  const tick = () => reading && tell({ ...reading, now: performance.now() })

  return {
    read: () => reading,
    subscribe(onChange) {
      listeners.add(onChange)
      if (listeners.size === 1) {
        void look()
        timers = [setInterval(() => void look(), LOOK_EVERY_MS), setInterval(tick, 1_000)]
      }
      return () => {
        listeners.delete(onChange)
        if (listeners.size === 0) timers.forEach(clearInterval)
      }
    },
  }
}

/** Asks a node for its newest block's time, in Unix seconds. */
export async function readBlockTime(rpcUrl: string): Promise<number> {
  // Apart: of what every page loads, few bytes are left.
  if (endpointKind(rpcUrl) === 'hub') return (await import('./hubClock')).readHubTime(rpcUrl)
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_getBlockByNumber', params: ['latest', false] }),
    signal: AbortSignal.timeout(8_000),
  })
  const answer = (await response.json()) as { result?: { timestamp?: unknown } } | null
  const time = Number(answer?.result?.timestamp)
  if (!Number.isSafeInteger(time) || time <= 0) throw new Error('The node answered no block.')
  return time
}
