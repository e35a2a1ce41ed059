import { setTimeout as sleep } from 'node:timers/promises'
import type { Hash, Hex } from 'viem'
import { readAuctionLogs } from '../../lib/chain/auctionLogs'
import { readBookLogs } from '../../lib/chain/book/bookLogs'
import type { BookEventOf, BookEventType } from '../../lib/chain/book/events'
import type { AuctionEventOf, AuctionEventType } from '../../lib/chain/events'
import { costsOf } from './costs'
import { timed } from './figures'
import type { HubWorld } from './world'

/** A keeper tries again after pauses of its own, on however little of the machine it is given. */
const TIMEOUT_MS = 360_000
const PAUSE_MS = 500

/** Waits until the auctions have said so much of one auction. */
export function auctionEvents<Type extends AuctionEventType>(
  { connection, deployment }: HubWorld,
  id: Hex,
  type: Type,
  count = 1,
): Promise<AuctionEventOf<Type>[]> {
  return untilSaid(`${count} ${type}`, count, async () => {
    const toBlock = (await connection.readBlock('finalized')).number
    return readAuctionLogs(connection, deployment, { id, types: [type], toBlock })
  })
}

/** Waits until the order book has said so much of one market. */
export function bookEvents<Type extends BookEventType>(
  { connection, deployment }: HubWorld,
  id: Hex,
  type: Type,
  count = 1,
): Promise<BookEventOf<Type>[]> {
  return untilSaid(`${count} ${type}`, count, async () => {
    const toBlock = (await connection.readBlock('finalized')).number
    return readBookLogs(connection, deployment, { id, types: [type], toBlock })
  })
}

/** A step that the keeper's process takes by itself; the figures are those of the last transaction it needed. */
export async function byKeeper<Event extends { transactionHash: Hash; blockNumber: bigint }>(
  { node }: HubWorld,
  step: string,
  wait: () => Promise<Event[]>,
): Promise<Event[]> {
  let events: Event[] = []
  await timed(step, async () => {
    events = await wait()
    return costsOf(node, events.at(-1)!)
  })
  return events
}

async function untilSaid<Event extends { transactionHash: Hash }>(
  what: string,
  count: number,
  read: () => Promise<Event[]>,
): Promise<Event[]> {
  const deadline = performance.now() + TIMEOUT_MS
  for (;;) {
    const found = await read()
    if (found.length >= count) return found
    if (performance.now() > deadline) throw new Error(`no ${what} after ${TIMEOUT_MS} ms, but ${found.length}`)
    await sleep(PAUSE_MS)
  }
}
