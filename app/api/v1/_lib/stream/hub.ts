import type { Database } from '../../../../../lib/db/client'
import type { FeedEntry } from '../../../../../lib/db/feed'
import { listenFeed, type FeedListener } from '../../../../../lib/db/listenFeed'
import type { Logger } from '../../../../../lib/observe/logger'
import { ApiError } from '../errors'
import type { StreamFilter } from './filter'
import { currentPosition, positionOf, readAfter, type Position } from './position'
import { Subscriber } from './subscriber'

const BATCH = 500

export type HubOptions = {
  db: Database
  databaseUrl: string
  log: Pick<Logger, 'warn'>
  maxStreams: number
  maxPerAddress: number
  heartbeatMs?: number
}

/**
 * All open streams of this process, fed by one LISTEN connection and one reading of the feed, both only while there is
 * anybody to feed.
 */
export class StreamHub {
  readonly #options: HubOptions
  readonly #subscribers = new Map<Subscriber, string>()
  readonly #perAddress = new Map<string, number>()
  /** What every live subscriber has been told of; null while nobody listens. */
  #position: Position | null = null
  #listener: FeedListener | undefined
  #timer: NodeJS.Timeout | undefined
  #pumping = false
  #again = false
  #closed = false

  constructor(options: HubOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#subscribers.size
  }

  /**
   * Opens a stream.
   *
   * @param from Where to go on from: 'now', or 'lost' where the client named a place that cannot be one.
   * @returns Its bytes. They end when the client leaves, does not keep up, or the hub closes.
   * @throws ApiError TOO_MANY_STREAMS; or the database's error where that cannot be read.
   */
  async open(
    address: string,
    filter: StreamFilter,
    from: Position | 'now' | 'lost',
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>> {
    this.#admit(address)
    let subscriber: Subscriber
    try {
      const now = await currentPosition(this.#options.db)
      const known = typeof from !== 'string' && (await readAfter(this.#options.db, from, 1)) !== null
      subscriber = new Subscriber(filter, known ? from : now, (gone) => this.#remove(gone))
      // Nobody has been told of anything yet, so that any place will do for the first.
      this.#position ??= now
      subscriber.open()
      if (from !== 'now' && !known) subscriber.reset(now)
    } catch (error) {
      this.#release(address)
      throw error
    }
    this.#subscribers.set(subscriber, address)
    signal.addEventListener('abort', () => subscriber.close(), { once: true })
    if (this.#closed || signal.aborted) subscriber.close()
    else {
      this.#start()
      void this.#catchUp(subscriber)
    }
    return subscriber.body
  }

  /** Ends every stream and the LISTEN connection, for good. */
  async close(): Promise<void> {
    this.#closed = true
    for (const subscriber of [...this.#subscribers.keys()]) subscriber.close()
    await this.#stop()
  }

  /** Counted before anything is awaited, so that a crowd that comes at once is counted in full. */
  #admit(address: string): void {
    const own = this.#perAddress.get(address) ?? 0
    const total = [...this.#perAddress.values()].reduce((sum, count) => sum + count, 0)
    const { maxStreams, maxPerAddress } = this.#options
    if (this.#closed || total >= maxStreams) throw new ApiError('TOO_MANY_STREAMS')
    if (own >= maxPerAddress) throw new ApiError('TOO_MANY_STREAMS', { status: 429 })
    this.#perAddress.set(address, own + 1)
  }

  #release(address: string): void {
    const left = (this.#perAddress.get(address) ?? 1) - 1
    if (left > 0) this.#perAddress.set(address, left)
    else this.#perAddress.delete(address)
  }

  #remove(subscriber: Subscriber): void {
    const address = this.#subscribers.get(subscriber)
    if (address === undefined) return
    this.#subscribers.delete(subscriber)
    this.#release(address)
    if (this.#subscribers.size === 0) void this.#stop()
  }

  #start(): void {
    if (this.#timer) return
    const { databaseUrl, log, heartbeatMs = 15_000 } = this.#options
    const failed = (error: unknown) => log.warn({ err: error }, 'the feed cannot be listened to')
    this.#listener = listenFeed(databaseUrl, () => void this.#pump(), failed)
    this.#timer = setInterval(() => {
      for (const subscriber of [...this.#subscribers.keys()]) subscriber.heartbeat()
      // In case a notification was lost.
      void this.#pump()
    }, heartbeatMs)
  }

  async #stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#position = null
    const listener = this.#listener
    this.#listener = undefined
    await listener?.stop()
  }

  /** Reads what is new once for all live subscribers; one reading at a time. */
  async #pump(): Promise<void> {
    this.#again = true
    if (this.#pumping) return
    this.#pumping = true
    try {
      while (this.#again && this.#position) {
        this.#again = false
        await this.#readOn(this.#position)
      }
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the feed cannot be read')
    } finally {
      this.#pumping = false
    }
  }

  async #readOn(from: Position): Promise<void> {
    const { db } = this.#options
    const entries = await readAfter(db, from, BATCH)
    const next = entries ? lastOf(entries, from) : await currentPosition(db)
    // Everybody left meanwhile, and perhaps somebody new came, with a place of his own.
    if (this.#position !== from) return
    this.#position = next
    this.#again ||= entries?.length === BATCH
    for (const subscriber of [...this.#subscribers.keys()].filter(({ live }) => live)) {
      if (entries) subscriber.deliver(entries)
      else subscriber.reset(next)
    }
  }

  /** Brings one subscriber from its place to the hub's, as fast as it can take it. */
  async #catchUp(subscriber: Subscriber): Promise<void> {
    const { db, log } = this.#options
    try {
      while (!subscriber.closed) {
        const entries = await readAfter(db, subscriber.position, BATCH)
        if (entries) subscriber.deliver(entries)
        else subscriber.reset(await currentPosition(db))
        // From here to `live` nothing is awaited: what the hub reads next reaches this one, too.
        if (entries && entries.length < BATCH && subscriber.position.id >= (this.#position?.id ?? 0n)) {
          subscriber.live = true
          return
        }
        await subscriber.room()
      }
    } catch (error) {
      log.warn({ err: error }, 'a stream cannot be resumed')
      subscriber.close()
    }
  }
}

function lastOf(entries: readonly FeedEntry[], from: Position): Position {
  const last = entries.at(-1)
  return last ? positionOf(last) : from
}
