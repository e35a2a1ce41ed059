import type { SealBidInput, SealedBid } from '../../lib/protocol/sealing/seal'
import type { Recovered } from '../../lib/protocol/sealing/recover'
import type { RecoverInput, SealAnswer, SealRequest } from './seal.worker'

const TIMEOUT_MS = 30_000

/** Seals a bid or an order off the main thread. @throws Error if the worker fails or takes longer than thirty seconds. */
export async function sealInWorker(input: SealBidInput): Promise<SealedBid> {
  const answer = await ask({ task: 'seal', input })
  if (answer.task !== 'seal') throw new Error('the worker answered another question')
  return answer.output
}

/** Opens one's own bid or order off the main thread. @throws as `sealInWorker`. */
export async function recoverInWorker(input: RecoverInput): Promise<Recovered> {
  const [recovered] = await recoverAllInWorker([input])
  if (!recovered) throw new Error('the worker answered nothing')
  return recovered
}

/** Opens several, in one worker. @returns as many answers, in the same order. @throws as `sealInWorker`. */
export async function recoverAllInWorker(inputs: RecoverInput[]): Promise<Recovered[]> {
  const answer = await ask({ task: 'recover', inputs })
  if (answer.task !== 'recover') throw new Error('the worker answered another question')
  return answer.output
}

/** One worker a question: it holds a secret, and ends with it. */
async function ask(request: SealRequest): Promise<Extract<SealAnswer, { ok: true }>> {
  const worker = new Worker(new URL('./seal.worker.ts', import.meta.url), { type: 'module' })
  try {
    const answer = await new Promise<SealAnswer>((resolve, reject) => {
      setTimeout(() => reject(new Error('Sealing took too long.')), TIMEOUT_MS)
      worker.onmessage = (event: MessageEvent<SealAnswer>) => resolve(event.data)
      worker.onerror = (event) => reject(new Error(event.message || 'The sealing worker could not start.'))
      worker.postMessage(request)
    })
    if (!answer.ok) throw new Error(answer.message)
    return answer
  } finally {
    worker.terminate()
  }
}
