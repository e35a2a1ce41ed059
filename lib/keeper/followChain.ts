import type { Hash } from 'viem'
import { auctionLogPages } from '../chain/auctionLogs'
import type { BlockRef, ChainConnection } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import { SubrosaError } from '../protocol/errors'
import { AuctionBook } from './auctionBook'
import type { BookCheckpoint } from './bookFile'

/** The auctions up to a final block. `origin`: hash of the deployment's first block, which tells chains apart. */
export type Followed = { book: AuctionBook; next: bigint; origin: Hash }

export function startFollowing(deployment: Deployment, origin: Hash): Followed {
  return { book: new AuctionBook(), next: BigInt(deployment.startBlock), origin }
}

/** @throws SubrosaError RPC_UNAVAILABLE */
export async function readOrigin(connection: ChainConnection, deployment: Deployment): Promise<Hash> {
  return (await connection.readBlock(BigInt(deployment.startBlock))).hash
}

/**
 * Goes on from a checkpoint where the chain still has its block, so that a start need not read everything.
 *
 * @returns null where it is of another chain or deployment.
 * @throws SubrosaError RPC_UNAVAILABLE
 */
export async function resumeFollowing(
  connection: ChainConnection,
  deployment: Deployment,
  origin: Hash,
  checkpoint: BookCheckpoint,
): Promise<Followed | null> {
  const { chainId, contract, block, blockHash, auctions } = checkpoint
  if (chainId !== deployment.chainId || contract !== deployment.contracts.auctions) return null
  if ((await connection.readBlock('finalized')).number < block) return null
  if ((await connection.readBlock(block)).hash !== blockHash) return null
  return { book: new AuctionBook(auctions), next: block + 1n, origin }
}

/**
 * Takes in the final blocks that came since, and tells where the chain stands.
 *
 * @param followed Changed in place. Started over where the chain is another one.
 * @throws SubrosaError WRONG_CHAIN; RPC_UNAVAILABLE also where the node is behind what was final already
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
  if (finalized.number < followed.next - 1n) {
    const origin = await readOrigin(connection, deployment)
    if (origin === followed.origin) {
      throw new SubrosaError('RPC_UNAVAILABLE', {
        details: `the node is behind: its final block is ${finalized.number}`,
      })
    }
    Object.assign(followed, startFollowing(deployment, origin))
  }
  const range = { fromBlock: followed.next, toBlock: finalized.number }
  // Where a page fails, the next round goes on from there.
  for await (const { events, toBlock } of auctionLogPages(connection, deployment, range)) {
    for (const event of events) followed.book.apply(event)
    followed.next = toBlock + 1n
  }
  return { latest: await connection.readBlock('latest'), finalized }
}
