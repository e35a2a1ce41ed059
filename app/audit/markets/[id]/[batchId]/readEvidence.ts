import type { Hex } from 'viem'
import { readBatchEvidence, type FoundBatch } from '../../../../../lib/chain/book/readBatchEvidence'
import type { Deployment } from '../../../../../lib/chain/deployment'
import { openConnection } from '../../../../../lib/chain/openConnection'
import { readBookDeployment } from '../../../../../lib/chain/readDeployment'

/**
 * What the chain itself holds of a batch, from the browser's own node. Of what this site says only the contract's address
 * is believed; its registry is read from it.
 *
 * @throws SubrosaError as `readBatchEvidence`.
 */
export async function readEvidence(
  { contracts, startBlock }: Deployment,
  rpcUrl: string,
  marketId: Hex,
  batchId: bigint,
): Promise<FoundBatch> {
  const connection = openConnection(rpcUrl)
  const deployment = await readBookDeployment(connection, contracts.book, BigInt(startBlock))
  return readBatchEvidence(connection, deployment, marketId, batchId)
}
