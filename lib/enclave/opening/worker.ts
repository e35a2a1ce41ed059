import { parentPort } from 'node:worker_threads'
import type { Hex } from 'viem'
import { keccak256 } from 'viem/utils'
import type { BundleEntry } from '../../protocol/proof/bundle'
import { openOrderRecords, type OpenedOrder, type OrdersJob } from '../book/openOrderRecords'
import { makeProofs, type ProvingJob } from '../proving/makeProofs'
import { openRecords, type OpeningJob } from './openRecords'

export type WorkerJob = { open: OpeningJob } | { openOrders: OrdersJob } | { prove: ProvingJob } | { hash: Uint8Array }

/** What a worker answers, or only that it failed. What went wrong could tell what was in a bid. */
export type WorkerAnswer =
  | { openings: Uint8Array }
  | { orders: OpenedOrder[] }
  | { proofs: (BundleEntry | null)[] }
  | { hash: Hex }
  | { failed: true }

async function answerTo(job: WorkerJob): Promise<WorkerAnswer> {
  try {
    if ('open' in job) return { openings: openRecords(job.open) }
    if ('openOrders' in job) return { orders: openOrderRecords(job.openOrders) }
    if ('hash' in job) return { hash: keccak256(job.hash) }
    return { proofs: await makeProofs(job.prove) }
  } catch {
    return { failed: true }
  }
}

/** Runs in a worker thread: one job after the other, as long as the pool lives. */
export function serveJobs(): void {
  parentPort?.on('message', (job: WorkerJob) => void answerTo(job).then((answer) => parentPort?.postMessage(answer)))
}
