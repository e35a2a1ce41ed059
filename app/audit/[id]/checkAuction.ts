import type { Hex } from 'viem'
import type { SettlementVerdict } from '../../../lib/protocol/proof/verifySettlement'
import type { Network } from '../../_data/network'
import type { Checked, CheckProgress } from '../useLiveCheck'

/** Checks one settlement: the chain from the browser's own node, the proofs in workers. */
export async function checkAuction(
  id: Hex,
  network: Network,
  report: (progress: CheckProgress) => void,
  signal: AbortSignal,
): Promise<Checked<SettlementVerdict>> {
  const [{ readEvidence, fetchBundle }, { verifyInWorkers }] = await Promise.all([
    import('./readEvidence'),
    import('../../_workers/verifyInWorkers'),
  ])
  const { evidence, block } = await readEvidence(network, network.rpcUrl, id)
  report({ step: 'downloading' })
  const bundle = await fetchBundle(evidence.settlement.proofHash, signal)
  report({ step: 'checking', done: 0, total: 0 })
  const onProgress = (done: number, total: number) => report({ step: 'checking', done, total })
  const verdict = await verifyInWorkers({ ...evidence, bundle }, { onProgress, signal })
  return { verdict, block: block.number, bytes: bundle?.length ?? 0 }
}
