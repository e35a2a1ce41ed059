import { auctionLogPages } from '../chain/auctionLogs'
import type { BlockRef, ChainConnection } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import { SubrosaError } from '../protocol/errors'
import { AuctionBook } from './auctionBook'

/** The auctions up to a final block. */
export type Followed = { book: AuctionBook; next: bigint }

export function startFollowing(deployment: Deployment): Followed {
  return { book: new AuctionBook(), next: BigInt(deployment.startBlock) }
}

/**
 * Takes in the final blocks that came since, and tells where the chain stands.
 *
 * @param followed Changed in place. Started over where the chain is shorter than what was read: it is another one.
 * @throws SubrosaError WRONG_CHAIN, RPC_UNAVAILABLE
 */
export async function followChain(
  connection: ChainConnection,
  deployment: Deployment,
  followed: Followed,
): Promise<{ latest: BlockRef; finalized: BlockRef }> {
  const chainId = await connection.readChainId()
  if (chainId !== BigInt(deployment.chainId)) {
    throw new SubrosaError('WRONG_CHAIN', { details: `the node serves chain ${chainId}` })
  }
  const finalized = await connection.readBlock('finalized')
  if (finalized.number < followed.next - 1n) Object.assign(followed, startFollowing(deployment))
  const range = { fromBlock: followed.next, toBlock: finalized.number }
  // Where a page fails, the next round goes on from there.
  for await (const { events, toBlock } of auctionLogPages(connection, deployment, range)) {
    for (const event of events) followed.book.apply(event)
    followed.next = toBlock + 1n
  }
  return { latest: await connection.readBlock('latest'), finalized }
}
