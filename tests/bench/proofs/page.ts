import { shareTasks, type TaskWorker } from '../../../lib/protocol/proof/shareTasks'
import type { SettlementEvidence } from '../../../lib/protocol/proof/evidence'
import { verifySettlement } from '../../../lib/protocol/proof/verifySettlement'
import type { BidTask, BidVerdict } from '../../../lib/protocol/proof/verifyBid'
import type { Job } from './job'
import { revive } from './transport'

function ask(worker: Worker, job: Job): Promise<BidVerdict[]> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<BidVerdict[]>) => resolve(data)
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage(job)
  })
}

/** Verifies in this page, on two workers that have the library loaded. Called by the bench, with evidence as text and the bundle's address. */
async function verifyHere(evidenceText: string, bundleUrl: string): Promise<{ ok: boolean; milliseconds: number }> {
  const evidence = revive(evidenceText) as SettlementEvidence
  const bundle = new Uint8Array(await (await fetch(bundleUrl)).arrayBuffer())
  const workers = [new Worker('/worker.js'), new Worker('/worker.js')]
  await Promise.all(workers.map((worker) => ask(worker, { kind: 'load' })))
  const judges = workers.map(
    (worker): TaskWorker<BidTask, BidVerdict> =>
      (context, tasks) =>
        ask(worker, { kind: 'verify', context, tasks }),
  )
  const run = shareTasks(judges)
  const start = performance.now()
  const { ok } = await verifySettlement({ ...evidence, bundle }, { run })
  const milliseconds = performance.now() - start
  for (const worker of workers) worker.terminate()
  return { ok, milliseconds }
}

Object.assign(window, { verifyHere })
