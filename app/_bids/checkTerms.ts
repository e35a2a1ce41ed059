import type { Hex } from 'viem'
import { readAuction } from '../../lib/chain/auctionState'
import type { ChainConnection } from '../../lib/chain/connection'
import { auctionDomain, type Deployment } from '../../lib/chain/deployment'
import { readSealingKey } from '../../lib/chain/sealingKeys'
import { hashParams, type AuctionParams } from '../../lib/protocol/auction/params'
import { SubrosaError } from '../../lib/protocol/errors'
import { keyIdOf } from '../../lib/protocol/sealing/context'

/**
 * Compares the terms on the page, which the server gave, with the chain's, and fetches the key they name.
 * @returns the hash a bid must name, and the sealing key (65 bytes).
 * @throws SubrosaError AUCTION_UNKNOWN, TERMS_CHANGED, KEY_REJECTED
 */
export async function checkTerms(
  chain: ChainConnection,
  deployment: Deployment,
  id: Hex,
  params: AuctionParams,
): Promise<{ paramsHash: Hex; sealingKey: Hex }> {
  const [state, key] = await Promise.all([
    readAuction(chain, deployment, id),
    readSealingKey(chain, deployment, params.keyId),
  ])
  if (!state) throw new SubrosaError('AUCTION_UNKNOWN')
  const paramsHash = hashParams(auctionDomain(deployment), id, params)
  if (state.paramsHash !== paramsHash) throw new SubrosaError('TERMS_CHANGED')
  if (!key || key.revokedAt !== null || keyIdOf(key.publicKey) !== params.keyId) {
    throw new SubrosaError('KEY_REJECTED', { details: 'The registry does not vouch for the key of this auction.' })
  }
  return { paramsHash, sealingKey: key.publicKey }
}
