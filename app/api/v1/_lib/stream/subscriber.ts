import type { FeedEntry } from '../../../../../lib/db/feed'
import { passes, type StreamFilter } from './filter'
import { eventFrame, heartbeatFrame, openingFrame, resetFrame, toStreamEvent } from './frames'
import { positionOf, type Position } from './position'

/** Bytes that may wait for a client; one that is slower than that is cut off, and resumes. */
export const BUFFER_BYTES = 256 * 1024

/** One client of the stream: its place in the feed, and the bytes that wait for it. */
export class Subscriber {
  /** Whether it gets what the hub reads; before, it reads on from its own place. */
  live = false
  closed = false
  readonly body: ReadableStream<Uint8Array>
  #controller!: ReadableStreamDefaultController<Uint8Array>
  #roomMade: (() => void) | undefined
  readonly #encoder = new TextEncoder()

  constructor(
    readonly filter: StreamFilter,
    public position: Position,
    readonly onClose: (subscriber: Subscriber) => void,
  ) {
    this.body = new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller
        },
        pull: () => this.#roomMade?.(),
        cancel: () => this.#leave(),
      },
      { highWaterMark: BUFFER_BYTES, size: (chunk) => chunk.byteLength },
    )
  }

  open(): void {
    this.#send(openingFrame(this.position))
  }

  /** Sends what of these is for this client and new to it, and moves its place past them. */
  deliver(entries: readonly FeedEntry[]): void {
    const fresh = entries.filter(({ id }) => id > this.position.id)
    const last = fresh.at(-1)
    if (!last) return
    const frames = fresh.filter((entry) => passes(entry, this.filter)).map((entry) => eventFrame(toStreamEvent(entry)))
    this.position = positionOf(last)
    if (frames.length > 0) this.#send(frames.join(''))
  }

  reset(position: Position): void {
    this.position = position
    this.#send(resetFrame(position))
  }

  heartbeat(): void {
    this.#send(heartbeatFrame(this.position))
  }

  /** Resolves when the client has taken enough for more to be sent, or has left. */
  async room(): Promise<void> {
    while (!this.closed && (this.#controller.desiredSize ?? 0) < BUFFER_BYTES / 2) {
      await new Promise<void>((resolve) => {
        this.#roomMade = resolve
      })
    }
  }

  /** Ends the stream in order: the client gets what waits for it, and connects again. */
  close(): void {
    if (this.closed) return
    this.#leave()
    this.#controller.close()
  }

  #send(text: string): void {
    if (this.closed) return
    this.#controller.enqueue(this.#encoder.encode(text))
    if ((this.#controller.desiredSize ?? 0) <= 0) this.#cutOff()
  }

  /** An error and not an end, which would wait for a client that takes nothing. */
  #cutOff(): void {
    this.#leave()
    this.#controller.error(new DOMException('The client does not keep up.', 'AbortError'))
  }

  #leave(): void {
    if (this.closed) return
    this.closed = true
    this.#roomMade?.()
    this.onClose(this)
  }
}
