import { SubrosaError } from '../protocol/errors'

/** `deadline`: who must be served first; `begin` hands over a place, `refuse` gives this place to somebody more urgent. */
type Waiting = { deadline: bigint; begin: () => void; refuse: (error: SubrosaError) => void }

/**
 * Work that runs a few at a time, the earliest deadline first; those of one deadline in the order they came. Where the
 * queue is full the latest deadline is refused, so that no crowd of far deadlines keeps out a near one.
 */
export class WorkQueue {
  readonly #running: number
  readonly #waiting: number
  /** By deadline, then by arrival. */
  readonly #queue: Waiting[] = []
  #active = 0

  /** @param limits.running How many run at a time. @param limits.waiting How many may wait. */
  constructor({ running, waiting }: { running: number; waiting: number }) {
    this.#running = running
    this.#waiting = waiting
  }

  /**
   * @param deadline Unix seconds, or any other number that orders the work; the same for all keeps them in turn.
   * @throws SubrosaError ENCLAVE_BUSY, where the queue is full of work that is no less urgent: at once, or as soon as
   * more urgent work takes this one's place in it.
   */
  async run<T>(work: () => Promise<T>, deadline = 0n): Promise<T> {
    if (this.#active >= this.#running) await this.#turn(deadline)
    else this.#active += 1
    try {
      return await work()
    } finally {
      // The next in the queue takes over this place, so that nobody who comes now is faster.
      const next = this.#queue.shift()
      if (next) next.begin()
      else this.#active -= 1
    }
  }

  #turn(deadline: bigint): Promise<void> {
    return new Promise((begin, refuse) => {
      const place = this.#queue.findIndex((other) => other.deadline > deadline)
      const waiting = { deadline, begin, refuse }
      if (place < 0) this.#queue.push(waiting)
      else this.#queue.splice(place, 0, waiting)
      if (this.#queue.length > this.#waiting) this.#queue.pop()?.refuse(new SubrosaError('ENCLAVE_BUSY'))
    })
  }
}
