import { parentPort } from 'node:worker_threads'
import { openRecords, type OpeningJob } from './openRecords'

/** What a worker answers: packed openings, or only that it failed. What went wrong could tell what was in a bid. */
export type WorkerAnswer = { openings: Uint8Array } | { failed: true }

/** Runs in a worker thread: one job after the other, as long as the pool lives. */
export function serveOpenings(): void {
  parentPort?.on('message', (job: OpeningJob) => {
    let answer: WorkerAnswer
    try {
      answer = { openings: openRecords(job) }
    } catch {
      answer = { failed: true }
    }
    parentPort?.postMessage(answer)
  })
}
