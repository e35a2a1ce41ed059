import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { SubrosaError } from '../../protocol/errors'
import type { BundleEntry } from '../../protocol/proof/bundle'
import type { ProvingJob } from '../proving/makeProofs'
import type { OpenedOrder, OrdersJob } from '../book/openOrderRecords'
import type { OpeningJob } from './openRecords'
import { startOpeningWorker } from './startWorker'
import type { WorkerAnswer, WorkerJob } from './worker'

type Pending = { job: WorkerJob; resolve: (answer: WorkerAnswer) => void; reject: (error: Error) => void }

/**
 * Worker threads that open bids and make proofs, started as they are needed. One that dies fails the job it was at, and with it that
 * settlement; the next job gets a new one.
 */
export class OpeningPool {
  readonly size: number
  readonly #start: () => Worker
  readonly #busy = new Map<Worker, Pending>()
  readonly #idle: Worker[] = []
  readonly #waiting: Pending[] = []
  #closed = false

  /** @param options.size Threads at most; by default as many as run at once on this machine. */
  constructor({ size = availableParallelism(), start = startOpeningWorker } = {}) {
    this.size = size
    this.#start = start
  }

  /**
   * Opens some bids.
   *
   * @returns Packed openings, in order. @throws SubrosaError INTERNAL where the worker failed or the pool is closed.
   */
  async open(job: OpeningJob): Promise<Uint8Array> {
    const answer = await this.#do({ open: job })
    if ('openings' in answer) return answer.openings
    throw failure('a worker could not open its bids')
  }

  /**
   * Opens some orders of the order book.
   *
   * @returns One for each, in order. @throws SubrosaError INTERNAL as `open` does.
   */
  async openOrders(job: OrdersJob): Promise<OpenedOrder[]> {
    const answer = await this.#do({ openOrders: job })
    if ('orders' in answer) return answer.orders
    throw failure('a worker could not open its orders')
  }

  /**
   * Makes some proofs.
   *
   * @returns For each task what `makeProof` gives, in order. @throws SubrosaError INTERNAL as `open` does.
   */
  async prove(job: ProvingJob): Promise<(BundleEntry | null)[]> {
    const answer = await this.#do({ prove: job })
    if ('proofs' in answer) return answer.proofs
    throw failure('a worker could not make its proofs')
  }

  /** Ends all workers; what they were at fails. */
  async close(): Promise<void> {
    this.#closed = true
    const workers = [...this.#busy.keys(), ...this.#idle]
    for (const { reject } of this.#waiting.splice(0)) reject(failure('the pool is closed'))
    await Promise.all(workers.map((worker) => worker.terminate()))
  }

  #do(job: WorkerJob): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject })
      this.#next()
    })
  }

  #next(): void {
    const pending = this.#waiting[0]
    if (!pending) return
    if (this.#closed) {
      this.#waiting.shift()
      pending.reject(failure('the pool is closed'))
      return
    }
    const worker = this.#idle.pop() ?? (this.#busy.size < this.size ? this.#hire() : null)
    if (!worker) return
    this.#waiting.shift()
    this.#busy.set(worker, pending)
    worker.postMessage(pending.job)
  }

  #hire(): Worker {
    const worker = this.#start()
    worker.on('message', (answer: WorkerAnswer) => {
      const pending = this.#busy.get(worker)
      this.#busy.delete(worker)
      this.#idle.push(worker)
      pending?.resolve(answer)
      this.#next()
    })
    // 'exit' follows, and is where the job is failed.
    worker.on('error', () => {})
    worker.on('exit', () => {
      this.#busy.get(worker)?.reject(failure('a worker died'))
      this.#busy.delete(worker)
      if (this.#idle.includes(worker)) this.#idle.splice(this.#idle.indexOf(worker), 1)
      this.#next()
    })
    return worker
  }
}

function failure(details: string): SubrosaError {
  return new SubrosaError('INTERNAL', { details })
}
