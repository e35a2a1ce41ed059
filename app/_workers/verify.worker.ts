import { loadProofBackend, type ProofBackend } from '../../lib/protocol/proof/backend'
import type { ProofContext } from '../../lib/protocol/proof/context'
import type { SettlementEvidence } from '../../lib/protocol/proof/evidence'
import { shareTasks, type TaskWorker } from '../../lib/protocol/proof/shareTasks'
import { verifyBid, type BidTask, type BidVerdict } from '../../lib/protocol/proof/verifyBid'
import { verifySettlement, type SettlementVerdict } from '../../lib/protocol/proof/verifySettlement'

/** What a worker is for: judging bids that come through a port, or a settlement with the help of such workers. */
export type VerifyRequest =
  { role: 'bids'; port: MessagePort } | { role: 'settlement'; evidence: SettlementEvidence; ports: MessagePort[] }

/** What the settlement's worker says. */
export type VerifyMessage =
  | { type: 'progress'; done: number; total: number; verdict: BidVerdict }
  | { type: 'verdict'; verdict: SettlementVerdict }
  | { type: 'failed'; message: string }

type Part = { context: ProofContext; tasks: BidTask[] }
type PartAnswer = { ok: true; verdicts: BidVerdict[] } | { ok: false; message: string }

const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'the worker failed')

function judgeBids(port: MessagePort): void {
  let loading: Promise<ProofBackend> | undefined
  port.onmessage = ({ data: { context, tasks } }: MessageEvent<Part>) => {
    loading ??= loadProofBackend()
    loading
      .then((backend): PartAnswer => ({ ok: true, verdicts: tasks.map((task) => verifyBid(backend, context, task)) }))
      .catch((error: unknown): PartAnswer => ({ ok: false, message: messageOf(error) }))
      .then((answer) => port.postMessage(answer))
      .catch((error: unknown) => port.postMessage({ ok: false, message: messageOf(error) } satisfies PartAnswer))
  }
}

/** Each is given one part at a time, so that the next answer is the one to it. */
function workerBehind(port: MessagePort): TaskWorker<BidTask, BidVerdict> {
  return (context, tasks) =>
    new Promise((resolve, reject) => {
      port.onmessage = ({ data }: MessageEvent<PartAnswer>) => {
        if (data.ok) resolve(data.verdicts)
        else reject(new Error(data.message))
      }
      port.postMessage({ context, tasks } satisfies Part)
    })
}

const say = (message: VerifyMessage) => postMessage(message)

async function judgeSettlement(evidence: SettlementEvidence, ports: MessagePort[]): Promise<void> {
  try {
    const verdict = await verifySettlement(evidence, {
      run: shareTasks(ports.map(workerBehind)),
      onProgress: (progress) => say({ type: 'progress', ...progress }),
    })
    say({ type: 'verdict', verdict })
  } catch (error) {
    say({ type: 'failed', message: messageOf(error) })
  }
}

addEventListener('message', ({ data }: MessageEvent<VerifyRequest>) => {
  if (data.role === 'bids') judgeBids(data.port)
  else void judgeSettlement(data.evidence, data.ports)
})
