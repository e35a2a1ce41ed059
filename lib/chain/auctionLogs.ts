import type { Hex } from 'viem'
import type { ChainConnection, LogFilter } from './connection'
import { decodeLog } from './decodeLog'
import type { Deployment } from './deployment'
import type { AuctionEvent, AuctionEventOf, AuctionEventType } from './events'
import { EVENT_TOPICS } from './topics'

/** Blocks a single request spans: what public nodes commonly allow. */
const BLOCK_SPAN = 10_000n

/**
 * Reads the auction contract's events, in order, both ends of the range included.
 *
 * @param filter.id Only this auction's (vault events have none and are left out then).
 * @param filter.types Only these; all by default.
 * @param filter.fromBlock The deployment's first block by default.
 * @param filter.span Blocks a request, where a node allows other than 10,000.
 */
export async function readAuctionLogs<Type extends AuctionEventType = AuctionEventType>(
  connection: ChainConnection,
  deployment: Deployment,
  filter: { id?: Hex; types?: readonly Type[]; fromBlock?: bigint; toBlock: bigint; span?: bigint },
): Promise<AuctionEventOf<Type>[]> {
  const types: readonly string[] = filter.types ?? Object.keys(EVENT_TOPICS)
  const signatures = types.map((type) => EVENT_TOPICS[type as AuctionEventType])
  const topics: LogFilter['topics'] = filter.id ? [signatures, filter.id] : [signatures]
  const address = deployment.contracts.auctions
  const events: AuctionEvent[] = []
  let fromBlock = filter.fromBlock ?? BigInt(deployment.startBlock)
  while (fromBlock <= filter.toBlock) {
    const last = fromBlock + (filter.span ?? BLOCK_SPAN) - 1n
    const toBlock = last < filter.toBlock ? last : filter.toBlock
    for (const log of await connection.readLogs({ address, topics, fromBlock, toBlock })) {
      // A node that answers more than was asked must not be able to add to the list.
      if (log.address.toLowerCase() !== address.toLowerCase()) continue
      const event = decodeLog(log)
      if (event && types.includes(event.type) && (!filter.id || ('id' in event && event.id === filter.id))) {
        events.push(event)
      }
    }
    fromBlock = toBlock + 1n
  }
  return events as AuctionEventOf<Type>[]
}
