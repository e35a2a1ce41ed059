import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * What opening a chunk takes, many times over: a worker that needs more is broken, and dies alone. Young objects have room
 * for a chunk's big numbers: with 16 MB a fifth of the time went into collecting them.
 */
const LIMITS: WorkerOptions = { resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 64 } }

/** Starts a worker thread. The bundle is one file, and so its own worker. @param self URL of the file that this is in. */
export function startOpeningWorker(self: string = import.meta.url): Worker {
  return new Worker(self.endsWith('.ts') ? new URL('./sourceWorker.mjs', self) : new URL(self), LIMITS)
}
