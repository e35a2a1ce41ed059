import type { SettlementEvidence } from '../../lib/protocol/proof/evidence'
import type { SettlementVerdict } from '../../lib/protocol/proof/verifySettlement'
import type { VerifyMessage, VerifyRequest } from './verify.worker'

/** Beyond this, a machine has other work. */
const MOST_BID_WORKERS = 4

type Options = { onProgress: (done: number, total: number) => void; signal: AbortSignal }

/**
 * Judges a settlement off the main thread, its bids on as many threads as there are. The workers' own policy lets them
 * talk to nobody: what they judge is what they are given.
 *
 * @throws The signal's reason once aborted: every worker is ended at once. Error where a worker fails.
 */
export async function verifyInWorkers(
  evidence: SettlementEvidence,
  { onProgress, signal }: Options,
): Promise<SettlementVerdict> {
  signal.throwIfAborted()
  const helpers = Math.max(1, Math.min(navigator.hardwareConcurrency || 2, MOST_BID_WORKERS))
  const channels = Array.from({ length: helpers }, () => new MessageChannel())
  const workers = [startWorker(), ...channels.map(startWorker)]
  const [judge, ...judges] = workers
  try {
    return await new Promise<SettlementVerdict>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      for (const worker of workers) {
        worker.onerror = (event) => reject(new Error(event.message || 'A worker could not start.'))
      }
      judges.forEach((worker, index) => {
        const port = channels[index]?.port1
        if (port) send(worker, { role: 'bids', port }, [port])
      })
      if (!judge) return
      judge.onmessage = ({ data }: MessageEvent<VerifyMessage>) => {
        if (data.type === 'progress') onProgress(data.done, data.total)
        else if (data.type === 'verdict') resolve(data.verdict)
        else reject(new Error(data.message))
      }
      const ports = channels.map(({ port2 }) => port2)
      send(judge, { role: 'settlement', evidence, ports }, ports)
    })
  } finally {
    for (const worker of workers) worker.terminate()
  }
}

function startWorker(): Worker {
  return new Worker(new URL('./verify.worker.ts', import.meta.url), { type: 'module' })
}

function send(worker: Worker, request: VerifyRequest, transfer: Transferable[]): void {
  worker.postMessage(request, transfer)
}
