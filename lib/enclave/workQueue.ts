import { SubrosaError } from '../protocol/errors'

/** `deadline`: who must be served first; `begin` hands over a place, `refuse` gives this place to somebody more urgent. */
type Waiting = { deadline: bigint; begin: () => void; refuse: (error: SubrosaError) => void }

/**
 * Work that runs a few at a time, the earliest deadline first; those of one deadline in the order they came. Where the
 * queue is full the latest deadline is refused, so that no crowd of far deadlines keeps out a near one. What runs is not
 * stopped: what is due before all of it begins beside it, in places of its own.
 */
export class WorkQueue {
  readonly #running: number
  readonly #urgent: number
  readonly #waiting: number
  /** By deadline, then by arrival. */
  readonly #queue: Waiting[] = []
  /** Deadlines of what runs. */
  readonly #active: bigint[] = []

  /**
   * @param limits.running How many run at a time. @param limits.urgent How many more, each due before everything that
   * ran when it began. @param limits.waiting How many may wait.
   */
  constructor({ running, urgent = 0, waiting }: { running: number; urgent?: number; waiting: number }) {
    this.#running = running
    this.#urgent = urgent
    this.#waiting = waiting
  }

  /**
   * @param deadline Unix seconds, or any other number that orders the work; the same for all keeps them in turn.
   * @throws SubrosaError ENCLAVE_BUSY, where the queue is full of work that is no less urgent: at once, or as soon as
   * more urgent work takes this one's place in it.
   */
  async run<T>(work: () => Promise<T>, deadline = 0n): Promise<T> {
    if (this.#hasPlace(deadline)) this.#active.push(deadline)
    else await this.#turn(deadline)
    try {
      return await work()
    } finally {
      this.#active.splice(this.#active.indexOf(deadline), 1)
      const [next] = this.#queue
      // The next in the queue takes over this place at once, so that nobody who comes now is faster.
      if (next && this.#hasPlace(next.deadline)) {
        this.#queue.shift()
        this.#active.push(next.deadline)
        next.begin()
      }
    }
  }

  #hasPlace(deadline: bigint): boolean {
    const { length } = this.#active
    if (length < this.#running) return true
    return length < this.#running + this.#urgent && this.#active.every((other) => deadline < other)
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
