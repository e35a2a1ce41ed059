import type { Address } from 'viem'
import type { ChainConnection } from '../connection'
import type { BookDeployment } from '../deployment'
import { roomLogPages, type RoomLogFilter } from '../roomLogs'
import { decodeBookLog } from './decodeBookLog'
import type { BookEvent, BookEventOf, BookEventType } from './events'
import { BOOK_TOPICS } from './topics'

export type BookLogFilter<Type extends BookEventType> = RoomLogFilter<Type> & {
  /** Only what this trader did: batches name nobody and are left out. */
  trader?: Address
}

/** Reads the order book's events, in order, both ends of the range included. */
export async function readBookLogs<Type extends BookEventType = BookEventType>(
  connection: Pick<ChainConnection, 'readLogs'>,
  deployment: BookDeployment,
  filter: BookLogFilter<Type>,
): Promise<BookEventOf<Type>[]> {
  const all: BookEventOf<Type>[] = []
  for await (const { events } of bookLogPages(connection, deployment, filter)) {
    for (const event of events) all.push(event)
  }
  return all
}

/** The same, a stretch of blocks at a time, so that a long history need never be in memory at once. */
export function bookLogPages<Type extends BookEventType = BookEventType>(
  connection: Pick<ChainConnection, 'readLogs'>,
  { contracts, startBlock }: BookDeployment,
  { trader, ...filter }: BookLogFilter<Type>,
): AsyncGenerator<{ events: BookEventOf<Type>[]; toBlock: bigint }> {
  const room = { address: contracts.book, startBlock, topics: BOOK_TOPICS, decode: decodeBookLog }
  return roomLogPages<BookEvent, Type>(connection, room, filter, trader)
}
