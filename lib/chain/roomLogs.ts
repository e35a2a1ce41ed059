import { pad, type Address, type Hex } from 'viem'
import type { ChainConnection, RawLog } from './connection'
import { logPages } from './logPages'

export type RoomLogFilter<Type extends string> = {
  /** Only this auction's or market's (vault events have none and are left out then). */
  id?: Hex
  /** Only these; all by default. */
  types?: readonly Type[]
  /** The deployment's first block by default. */
  fromBlock?: bigint
  toBlock: bigint
  /** Blocks the first request spans, where a node allows other than is usual. */
  span?: bigint
}

/** A room's contract, and how its logs become events. `topics`: each event's first topic. */
export type RoomLogs<Event extends { type: string }> = {
  address: Address
  startBlock: string
  topics: Readonly<Record<Event['type'], Hex>>
  decode: (log: RawLog) => Event | null
}

/**
 * A room's events, in order, both ends of the range included, a stretch of blocks at a time, so that a long history
 * need never be in memory at once.
 *
 * @param account Only events that have this address as their second indexed field.
 */
export async function* roomLogPages<Event extends { type: string }, Type extends Event['type']>(
  connection: Pick<ChainConnection, 'readLogs'>,
  room: RoomLogs<Event>,
  { id, types, fromBlock = BigInt(room.startBlock), toBlock, span }: RoomLogFilter<Type>,
  account?: Address,
): AsyncGenerator<{ events: Extract<Event, { type: Type }>[]; toBlock: bigint }> {
  const wanted: readonly string[] = types ?? Object.keys(room.topics)
  const signatures = wanted.map((type) => room.topics[type as Event['type']])
  const indexed = id || account ? [id ?? null, ...(account ? [pad(account)] : [])] : []
  const range = { address: room.address, topics: [signatures, ...indexed] }
  for await (const page of logPages(connection, { ...range, fromBlock, toBlock }, span)) {
    // A node that answers more than was asked must not be able to add to the list.
    const events = page.logs
      .filter(({ topics }) =>
        indexed.every((value, at) => !value || topics[at + 1]?.toLowerCase() === value.toLowerCase()),
      )
      .map(room.decode)
      .filter((event) => event !== null)
      .filter((event): event is Extract<Event, { type: Type }> => wanted.includes(event.type))
    yield { events, toBlock: page.toBlock }
  }
}
