import { Worker, type WorkerOptions } from 'node:worker_threads'

/** What opening a chunk takes, many times over: a worker that needs more is broken, and dies alone. */
const LIMITS: WorkerOptions = { resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 } }

/** Starts a worker thread. The bundle is one file, and so its own worker. */
export function startOpeningWorker(): Worker {
  const self = import.meta.url
  return new Worker(self.endsWith('.ts') ? new URL('./sourceWorker.mjs', self) : new URL(self), LIMITS)
}
