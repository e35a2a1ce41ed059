import type { BatchVerdict } from '../../lib/protocol/book/batchVerdict'
import type { JudgedBatch } from '../../lib/protocol/book/verifyBatch'
import type { BatchMessage } from './verifyBatch.worker'

type Options = { onProgress: (done: number, total: number) => void; signal: AbortSignal }

/**
 * Judges a batch off the main thread, in a worker whose own policy lets it talk to nobody: what it judges is what it is
 * given.
 *
 * @throws The signal's reason once aborted: the worker is ended at once. Error where the worker fails.
 */
export async function verifyBatchInWorker(
  evidence: JudgedBatch,
  { onProgress, signal }: Options,
): Promise<BatchVerdict> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./verifyBatch.worker.ts', import.meta.url), { type: 'module' })
  try {
    return await new Promise<BatchVerdict>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      worker.onerror = (event) => reject(new Error(event.message || 'A worker could not start.'))
      worker.onmessage = ({ data }: MessageEvent<BatchMessage>) => {
        if (data.type === 'progress') onProgress(data.done, data.total)
        else if (data.type === 'verdict') resolve(data.verdict)
        else reject(new Error(data.message))
      }
      worker.postMessage(evidence)
    })
  } finally {
    worker.terminate()
  }
}
