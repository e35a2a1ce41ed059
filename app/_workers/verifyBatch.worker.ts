import type { BatchVerdict } from '../../lib/protocol/book/batchVerdict'
import { verifyBatch, type JudgedBatch } from '../../lib/protocol/book/verifyBatch'

/** What the worker says of the one batch that it is given. */
export type BatchMessage =
  | { type: 'progress'; done: number; total: number }
  | { type: 'verdict'; verdict: BatchVerdict }
  | { type: 'failed'; message: string }

const say = (message: BatchMessage) => postMessage(message)

addEventListener('message', ({ data }: MessageEvent<JudgedBatch>) => {
  verifyBatch(data, { onProgress: (progress) => say({ type: 'progress', ...progress }) })
    .then((verdict) => say({ type: 'verdict', verdict }))
    .catch((error: unknown) => {
      say({ type: 'failed', message: error instanceof Error ? error.message : 'the worker failed' })
    })
})
