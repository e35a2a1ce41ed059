import type { AuctionEvent } from '../chain/events'
import type { BlockRef } from '../chain/connection'
import type { BlockRow } from '../db/sync'
import { SubrosaError } from '../protocol/errors'
import { commitBlock, toBlockRow, type SyncContext } from './commitBlock'
import { readRangeEvents } from './blockEvents'
import { ForkChangedError } from './errors'
import type { Suspects } from './readAgain'

/**
 * What the indexer learns while it runs. `rangeBlocks`: how many blocks a request spans; grows while nodes answer,
 * shrinks when one refuses (too many blocks, logs or seconds). `prunedBelow`: no empty block is stored below this one.
 * `suspects`: auctions, by id, of which the index may lack something.
 */
export type SyncMemory = { rangeBlocks: bigint; prunedBelow: bigint; suspects: Suspects }

const LARGEST_RANGE = 10_000n

/**
 * Indexes finalized blocks from `from` to `to`, one request of logs for many blocks. Only blocks with events are stored,
 * and the last of each range, for the cursor.
 *
 * @param after Hash of the cursor; null at the beginning.
 * @param memory Its `rangeBlocks` is used and changed.
 * @returns The new cursor; undefined where it was asked to stop before anything was done.
 */
export async function backfill(
  context: SyncContext,
  range: { from: bigint; to: bigint },
  after: string | null,
  memory: SyncMemory,
): Promise<BlockRow | undefined> {
  const { connection, deployment, isStopping } = context
  let cursor: BlockRow | undefined
  for (let from = range.from; from <= range.to && !isStopping();) {
    const last = from + memory.rangeBlocks - 1n
    const to = last < range.to ? last : range.to
    let events: AuctionEvent[]
    try {
      events = await readRangeEvents(connection, deployment, from, to)
    } catch (error) {
      const refused = error instanceof SubrosaError && error.code === 'RPC_UNAVAILABLE'
      if (!refused || from === to) throw error
      memory.rangeBlocks = (to - from + 1n) / 2n
      continue
    }
    for (const [number, ofBlock] of byBlock(events, to)) {
      if (isStopping()) return cursor
      const block = await connection.readBlock(number)
      requireSameFork(block, ofBlock)
      await commitBlock(context, block, ofBlock, cursor?.hash ?? after)
      cursor = toBlockRow(block)
    }
    const wider = memory.rangeBlocks * 2n
    memory.rangeBlocks = wider < LARGEST_RANGE ? wider : LARGEST_RANGE
    from = to + 1n
  }
  return cursor
}

/** In order of blocks; `last` is among them, with or without events. */
function byBlock(events: AuctionEvent[], last: bigint): [bigint, AuctionEvent[]][] {
  const groups = new Map<bigint, AuctionEvent[]>()
  for (const event of events) groups.set(event.blockNumber, [...(groups.get(event.blockNumber) ?? []), event])
  if (!groups.has(last)) groups.set(last, [])
  return [...groups]
}

function requireSameFork(block: BlockRef, events: AuctionEvent[]): void {
  if (events.some((event) => event.blockHash !== block.hash)) {
    throw new ForkChangedError(`block ${block.number} changed while it was read`)
  }
}
