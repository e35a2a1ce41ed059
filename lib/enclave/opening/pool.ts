import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import type { Hex } from 'viem'
import { SubrosaError } from '../../protocol/errors'
import type { BundleEntry } from '../../protocol/proof/bundle'
import type { ProvingJob } from '../proving/makeProofs'
import type { OpenedOrder, OrdersJob } from '../book/openOrderRecords'
import type { OpeningJob } from './openRecords'
import { startOpeningWorker } from './startWorker'
import type { WorkerAnswer, WorkerJob } from './worker'

/** When a job's settlement is due, in Unix seconds; null for what nobody's settlement waits for. */
type Due = bigint | null
type Pending = { job: WorkerJob; due: Due; resolve: (answer: WorkerAnswer) => void; reject: (error: Error) => void }

/** The pool, as one settlement, or all that is none, is given it. */
export type Threads = {
  /** How many of them it may keep busy. */
  size: number
  /**
   * Opens some bids.
   *
   * @returns Packed openings, in order. @throws SubrosaError INTERNAL where the worker failed or the pool is closed.
   */
  open: (job: OpeningJob) => Promise<Uint8Array>
  /**
   * Opens some orders of the order book.
   *
   * @returns One for each, in order. @throws SubrosaError INTERNAL as `open` does.
   */
  openOrders: (job: OrdersJob) => Promise<OpenedOrder[]>
  /**
   * Makes some proofs.
   *
   * @returns For each task what `makeProof` gives, in order. @throws SubrosaError INTERNAL as `open` does.
   */
  prove: (job: ProvingJob) => Promise<(BundleEntry | null)[]>
  /** keccak256. @throws SubrosaError INTERNAL as `open` does. */
  hash: (bytes: Uint8Array) => Promise<Hex>
}

/**
 * Worker threads that open bids and make proofs, started as they are needed. Jobs are short, and the next thread goes to
 * the settlement that is due first; what is no settlement comes last, and never has more than half of the threads, so
 * that one that comes finds some. A worker that dies fails the job it was at, and with it that settlement; the next job
 * gets a new one. PROTOCOL.md section 7.
 */
export class OpeningPool {
  readonly size: number
  /** For lists and proofs that are made again because somebody reads them. */
  readonly spare: Threads
  readonly #start: () => Worker
  readonly #busy = new Map<Worker, Pending>()
  readonly #idle: Worker[] = []
  /** By when they are due, then by arrival. */
  readonly #waiting: Pending[] = []
  #closed = false

  /** @param options.size Threads at most; by default as many as run at once on this machine. */
  constructor({ size = availableParallelism(), start = startOpeningWorker } = {}) {
    this.size = size
    this.#start = start
    this.spare = this.#threads(null, Math.max(1, Math.floor(size / 2)))
  }

  /** For a settlement. @param deadline Unix seconds. */
  dueBy(deadline: bigint): Threads {
    return this.#threads(deadline, this.size)
  }

  #threads(due: Due, size: number): Threads {
    return {
      size,
      open: async (job) => {
        const answer = await this.#do({ open: job }, due)
        if ('openings' in answer) return answer.openings
        throw failure('a worker could not open its bids')
      },
      openOrders: async (job) => {
        const answer = await this.#do({ openOrders: job }, due)
        if ('orders' in answer) return answer.orders
        throw failure('a worker could not open its orders')
      },
      prove: async (job) => {
        const answer = await this.#do({ prove: job }, due)
        if ('proofs' in answer) return answer.proofs
        throw failure('a worker could not make its proofs')
      },
      hash: async (bytes) => {
        const answer = await this.#do({ hash: bytes }, due)
        if ('hash' in answer) return answer.hash
        throw failure('a worker could not hash')
      },
    }
  }

  /** Ends all workers; what they were at fails. */
  async close(): Promise<void> {
    this.#closed = true
    const workers = [...this.#busy.keys(), ...this.#idle]
    for (const { reject } of this.#waiting.splice(0)) reject(failure('the pool is closed'))
    await Promise.all(workers.map((worker) => worker.terminate()))
  }

  #do(job: WorkerJob, due: Due): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(failure('the pool is closed'))
        return
      }
      const place = this.#waiting.findIndex((other) => isBefore(due, other.due))
      this.#waiting.splice(place < 0 ? this.#waiting.length : place, 0, { job, due, resolve, reject })
      this.#next()
    })
  }

  #next(): void {
    const [pending] = this.#waiting
    if (!pending || this.#closed) return
    const spare = [...this.#busy.values()].filter(({ due }) => due === null).length
    // Settlements are before it in the queue, so that none waits.
    if (pending.due === null && spare >= this.spare.size) return
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

function isBefore(due: Due, other: Due): boolean {
  return due !== null && (other === null || due < other)
}

function failure(details: string): SubrosaError {
  return new SubrosaError('INTERNAL', { details })
}
