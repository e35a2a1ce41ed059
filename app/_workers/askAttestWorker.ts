import type { Verdict } from '../../lib/protocol/attestation/verdict'
import type { Question } from '../_attest/judge'
import type { AttestAnswer } from './attest.worker'

const TIMEOUT_MS = 30_000

/** Judges evidence off the main thread. @throws Error if the worker fails or takes longer than thirty seconds. */
export async function judgeInWorker(question: Question): Promise<Verdict> {
  const worker = new Worker(new URL('./attest.worker.ts', import.meta.url), { type: 'module' })
  try {
    const answer = await new Promise<AttestAnswer>((resolve, reject) => {
      setTimeout(() => reject(new Error('Verifying the enclave took too long.')), TIMEOUT_MS)
      worker.onmessage = (event: MessageEvent<AttestAnswer>) => resolve(event.data)
      worker.onerror = (event) => reject(new Error(event.message || 'The verifying worker could not start.'))
      worker.postMessage(question)
    })
    if (!answer.ok) throw new Error(answer.message)
    return answer.verdict
  } finally {
    worker.terminate()
  }
}
