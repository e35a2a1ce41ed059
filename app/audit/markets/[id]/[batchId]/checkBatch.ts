import type { Hex } from 'viem'
import type { BatchVerdict } from '../../../../../lib/protocol/book/batchVerdict'
import type { Network } from '../../../../_data/network'
import type { Checked, CheckProgress } from '../../../useLiveCheck'

/** Checks one batch: the chain from the browser's own node, the lists from this site, what they hold in a worker. */
export async function checkBatch(
  marketId: Hex,
  batchId: number,
  network: Network,
  report: (progress: CheckProgress) => void,
  signal: AbortSignal,
): Promise<Checked<BatchVerdict>> {
  const [{ readEvidence }, { fetchLists }, { verifyBatchInWorker }] = await Promise.all([
    import('./readEvidence'),
    import('./fetchLists'),
    import('../../../../_workers/verifyBatchInWorker'),
  ])
  const { evidence, block } = await readEvidence(network, network.rpcUrl, marketId, BigInt(batchId))
  const lists = await fetchLists(evidence, signal)
  report({ step: 'checking', done: 0, total: 0 })
  const onProgress = (done: number, total: number) => report({ step: 'checking', done, total })
  const verdict = await verifyBatchInWorker({ ...evidence, lists }, { onProgress, signal })
  return { verdict, block: block.number, bytes: 0 }
}
