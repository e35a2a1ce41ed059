import type { Hash } from 'viem'
import { auctionLogPages } from '../chain/auctionLogs'
import { bookLogPages } from '../chain/book/bookLogs'
import type { BlockRef, ChainConnection } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import { SubrosaError } from '../protocol/errors'
import { AuctionBook } from './auctionBook'
import type { BookCheckpoint } from './bookFile'
import { MarketBook } from './marketBook'

/**
 * The auctions up to a final block, and the markets up to one. `next`: the first block that is not counted, of the room
 * that is behind. `origin`: hash of the deployment's first block, which tells chains apart.
 */
export type Followed = { book: AuctionBook; markets: MarketBook; read: Rooms; readonly next: bigint; origin: Hash }
type Rooms = { auctions: bigint; book: bigint }

export function startFollowing(deployment: Deployment, origin: Hash): Followed {
  return followedFrom(new AuctionBook(), new MarketBook(), BigInt(deployment.startBlock), origin)
}

function followedFrom(book: AuctionBook, markets: MarketBook, next: bigint, origin: Hash): Followed {
  const read = { auctions: next, book: next }
  return {
    book,
    markets,
    read,
    origin,
    get next() {
      return this.read.auctions < this.read.book ? this.read.auctions : this.read.book
    },
  }
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
  const { chainId, contract, bookContract, block, blockHash, auctions, markets } = checkpoint
  const { contracts } = deployment
  if (chainId !== deployment.chainId || contract !== contracts.auctions || bookContract !== contracts.book) return null
  if ((await connection.readBlock('finalized')).number < block) return null
  if ((await connection.readBlock(block)).hash !== blockHash) return null
  return followedFrom(new AuctionBook(auctions), new MarketBook(markets), block + 1n, origin)
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
    const { book, markets, read } = startFollowing(deployment, origin)
    Object.assign(followed, { book, markets, read, origin })
  }
  // Where a page fails, the next round goes on from there.
  const { book, markets, read } = followed
  const toBlock = finalized.number
  for await (const page of auctionLogPages(connection, deployment, { fromBlock: read.auctions, toBlock })) {
    for (const event of page.events) book.apply(event)
    read.auctions = page.toBlock + 1n
  }
  for await (const page of bookLogPages(connection, deployment, { fromBlock: read.book, toBlock })) {
    for (const event of page.events) markets.apply(event)
    read.book = page.toBlock + 1n
  }
  return { latest: await connection.readBlock('latest'), finalized }
}
