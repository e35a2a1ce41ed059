import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { BundleEntry } from '../../../lib/protocol/proof/bundle'
import type { ProofTask } from '../../../lib/protocol/proof/proveSettlement'
import type { TaskWorker } from '../../../lib/protocol/proof/shareTasks'
import type { BidTask, BidVerdict } from '../../../lib/protocol/proof/verifyBid'
import { secrets } from '../../unit/proof/world'
import type { Job } from './job'

export type NodeWorkers = {
  verify: TaskWorker<BidTask, BidVerdict>[]
  prove: TaskWorker<ProofTask, BundleEntry | null>[]
  stop: () => Promise<unknown>
}

/** Worker threads, each with the library loaded. */
export async function startWorkers(count: number): Promise<NodeWorkers> {
  const threads = Array.from({ length: count }, () => new Worker(new URL('./nodeWorker.mjs', import.meta.url)))
  const ask = async <Result>(thread: Worker, job: Job): Promise<Result[]> => {
    thread.postMessage(job)
    const [results] = (await once(thread, 'message')) as [Result[]]
    return results
  }
  await Promise.all(threads.map((thread) => ask(thread, { kind: 'load' })))
  return {
    verify: threads.map((thread) => (context, tasks) => ask(thread, { kind: 'verify', context, tasks })),
    prove: threads.map((thread) => (context, tasks) => ask(thread, { kind: 'prove', context, tasks, secrets })),
    stop: () => Promise.all(threads.map((thread) => thread.terminate())),
  }
}
