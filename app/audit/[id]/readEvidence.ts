import type { Hex } from 'viem'
import type { Deployment } from '../../../lib/chain/deployment'
import { openConnection } from '../../../lib/chain/openConnection'
import { readDeployment } from '../../../lib/chain/readDeployment'
import { readSettlementEvidence, type FoundSettlement } from '../../../lib/chain/readSettlementEvidence'
import { ZERO_HASH } from '../../../lib/protocol/constants'

/**
 * What the chain itself holds of a settlement, from the browser's own node. Of what this site says only the contract's
 * address is believed; its registry is read from it.
 *
 * @throws SubrosaError as `readSettlementEvidence`.
 */
export async function readEvidence(
  { contracts, startBlock }: Deployment,
  rpcUrl: string,
  id: Hex,
): Promise<FoundSettlement> {
  const connection = openConnection(rpcUrl)
  const deployment = await readDeployment(connection, contracts.auctions, BigInt(startBlock))
  return readSettlementEvidence(connection, deployment, id)
}

/** A settlement's proofs, from this site's copy: their hash is on the chain, so whose copy it is plays no part. */
export async function fetchBundle(proofHash: Hex, signal: AbortSignal): Promise<Uint8Array | null> {
  if (proofHash === ZERO_HASH) return null
  const response = await fetch(`/api/v1/bundles/${proofHash}`, { signal })
  if (response.status === 404) return null
  if (!response.ok) throw new Error(`The proofs could not be downloaded: the server answered ${response.status}.`)
  return new Uint8Array(await response.arrayBuffer())
}
