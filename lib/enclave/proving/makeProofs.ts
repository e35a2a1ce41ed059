import { randomBytes } from 'node:crypto'
import { loadProofBackend, type ProofBackend } from '../../protocol/proof/backend'
import type { BundleEntry } from '../../protocol/proof/bundle'
import type { ProofContext } from '../../protocol/proof/context'
import { makeProof, type ProofSecrets, type ProofTask } from '../../protocol/proof/proveSettlement'

/** Some proofs of a settlement to make. */
export type ProvingJob = { context: ProofContext; secrets: ProofSecrets; tasks: ProofTask[] }

let loading: Promise<ProofBackend> | undefined

/** Makes proofs in a worker; the library is loaded for the first of them. @returns One for each task, in order. */
export async function makeProofs({ context, secrets, tasks }: ProvingJob): Promise<(BundleEntry | null)[]> {
  const backend = await (loading ??= loadProofBackend())
  return tasks.map((task) => makeProof(backend, context, secrets, task, randomBytes))
}
