import { SubrosaError } from '../protocol/errors'

/** Work that runs a few at a time; what finds the queue full is refused. */
export class WorkQueue {
  readonly #running: number
  readonly #waiting: number
  readonly #queue: (() => void)[] = []
  #active = 0

  /** @param limits.running How many run at a time. @param limits.waiting How many may wait. */
  constructor({ running, waiting }: { running: number; waiting: number }) {
    this.#running = running
    this.#waiting = waiting
  }

  /** @throws SubrosaError ENCLAVE_BUSY at once, where the queue is full. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#active >= this.#running) await this.#turn()
    else this.#active += 1
    try {
      return await work()
    } finally {
      // Who waits longest takes over this place, so that nobody who comes now is faster.
      const next = this.#queue.shift()
      if (next) next()
      else this.#active -= 1
    }
  }

  #turn(): Promise<void> {
    if (this.#queue.length >= this.#waiting) throw new SubrosaError('ENCLAVE_BUSY')
    return new Promise((resolve) => this.#queue.push(resolve))
  }
}
