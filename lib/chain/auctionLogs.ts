import type { Hex } from 'viem'
import type { ChainConnection } from './connection'
import { decodeLog } from './decodeLog'
import type { Deployment } from './deployment'
import type { AuctionEventOf, AuctionEventType } from './events'
import { logPages } from './logPages'
import { EVENT_TOPICS } from './topics'

export type AuctionLogFilter<Type extends AuctionEventType> = {
  /** Only this auction's (vault events have none and are left out then). */
  id?: Hex
  /** Only these; all by default. */
  types?: readonly Type[]
  /** The deployment's first block by default. */
  fromBlock?: bigint
  toBlock: bigint
  /** Blocks the first request spans, where a node allows other than is usual. */
  span?: bigint
}

/** Reads the auction contract's events, in order, both ends of the range included. */
export async function readAuctionLogs<Type extends AuctionEventType = AuctionEventType>(
  connection: Pick<ChainConnection, 'readLogs'>,
  deployment: Deployment,
  filter: AuctionLogFilter<Type>,
): Promise<AuctionEventOf<Type>[]> {
  const all: AuctionEventOf<Type>[] = []
  for await (const { events } of auctionLogPages(connection, deployment, filter)) {
    for (const event of events) all.push(event)
  }
  return all
}

/** The same, a stretch of blocks at a time, so that a long history need never be in memory at once. */
export async function* auctionLogPages<Type extends AuctionEventType = AuctionEventType>(
  connection: Pick<ChainConnection, 'readLogs'>,
  deployment: Deployment,
  { id, types, fromBlock = BigInt(deployment.startBlock), toBlock, span }: AuctionLogFilter<Type>,
): AsyncGenerator<{ events: AuctionEventOf<Type>[]; toBlock: bigint }> {
  const wanted: readonly string[] = types ?? Object.keys(EVENT_TOPICS)
  const signatures = wanted.map((type) => EVENT_TOPICS[type as AuctionEventType])
  const range = { address: deployment.contracts.auctions, topics: id ? [signatures, id] : [signatures] }
  for await (const page of logPages(connection, { ...range, fromBlock, toBlock }, span)) {
    const events = page.logs
      .map(decodeLog)
      .filter((event) => event !== null)
      .filter((event) => wanted.includes(event.type) && (!id || ('id' in event && event.id === id)))
    yield { events: events as AuctionEventOf<Type>[], toBlock: page.toBlock }
  }
}
