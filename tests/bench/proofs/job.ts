import { loadProofBackend } from '../../../lib/protocol/proof/backend'
import type { BundleEntry } from '../../../lib/protocol/proof/bundle'
import type { ProofContext } from '../../../lib/protocol/proof/context'
import { makeProof, type ProofSecrets, type ProofTask } from '../../../lib/protocol/proof/proveSettlement'
import { verifyBid, type BidTask, type BidVerdict } from '../../../lib/protocol/proof/verifyBid'

/** What a worker is told to do, in Node and in browsers. */
export type Job =
  | { kind: 'load' }
  | { kind: 'verify'; context: ProofContext; tasks: BidTask[] }
  | { kind: 'prove'; context: ProofContext; tasks: ProofTask[]; secrets: ProofSecrets }

/** In Node and in browsers alike. */
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

const loading = loadProofBackend()

/** Does a job on this thread. */
export async function doJob(job: Job): Promise<BidVerdict[] | (BundleEntry | null)[]> {
  const backend = await loading
  if (job.kind === 'load') return []
  return job.kind === 'verify'
    ? job.tasks.map((task) => verifyBid(backend, job.context, task))
    : job.tasks.map((task) => makeProof(backend, job.context, job.secrets, task, random))
}
