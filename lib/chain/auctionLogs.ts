import type { ChainConnection } from './connection'
import { decodeLog } from './decodeLog'
import type { AuctionDeployment } from './deployment'
import type { AuctionEvent, AuctionEventOf, AuctionEventType } from './events'
import { roomLogPages, type RoomLogFilter } from './roomLogs'
import { EVENT_TOPICS } from './topics'

export type AuctionLogFilter<Type extends AuctionEventType> = RoomLogFilter<Type>

/** Reads the auction contract's events, in order, both ends of the range included. */
export async function readAuctionLogs<Type extends AuctionEventType = AuctionEventType>(
  connection: Pick<ChainConnection, 'readLogs'>,
  deployment: AuctionDeployment,
  filter: AuctionLogFilter<Type>,
): Promise<AuctionEventOf<Type>[]> {
  const all: AuctionEventOf<Type>[] = []
  for await (const { events } of auctionLogPages(connection, deployment, filter)) {
    for (const event of events) all.push(event)
  }
  return all
}

/** The same, a stretch of blocks at a time, so that a long history need never be in memory at once. */
export function auctionLogPages<Type extends AuctionEventType = AuctionEventType>(
  connection: Pick<ChainConnection, 'readLogs'>,
  { contracts, startBlock }: AuctionDeployment,
  filter: AuctionLogFilter<Type>,
): AsyncGenerator<{ events: AuctionEventOf<Type>[]; toBlock: bigint }> {
  const room = { address: contracts.auctions, startBlock, topics: EVENT_TOPICS, decode: decodeLog }
  return roomLogPages<AuctionEvent, Type>(connection, room, filter)
}
