import type { BlockRef, RawLog } from '../chain/connection'
import type { BlockRow } from '../db/blocks'
import { SubrosaError } from '../protocol/errors'
import { checkLogs, type CheckedLogs } from './checkLogs'
import { commitBlock, type SyncContext } from './commitBlock'
import { ForkChangedError } from './errors'
import type { SyncMemory } from './memory'
import { inOrder, readHeaders } from './readHeaders'
import { readRangeLogs } from './readLogs'

/** Headers, with their bloom filters, are held in memory for so many blocks. */
const LARGEST_RANGE = 2_000n

/**
 * Indexes finalized blocks from `from` to `to`, one request of logs for many blocks. Only blocks with events are stored,
 * and the last of each range, for the cursor; but every header is read, as each has to follow the one before, and its
 * bloom filter tells of logs that were left out.
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
  const { connection, deployment, isStopping, metrics } = context
  let cursor: BlockRow | undefined
  for (let from = range.from; from <= range.to && !isStopping();) {
    const last = from + memory.rangeBlocks - 1n
    const to = last < range.to ? last : range.to
    let logs: RawLog[]
    try {
      logs = await readRangeLogs(connection, deployment, from, to)
    } catch (error) {
      const refused = error instanceof SubrosaError && error.code === 'RPC_UNAVAILABLE'
      if (!refused || from === to) throw error
      memory.rangeBlocks = (to - from + 1n) / 2n
      metrics.rangeBlocks.set(Number(memory.rangeBlocks))
      continue
    }
    const headers = await readHeaders(connection, from, to, cursor?.hash ?? after)
    for (const { block, checked } of await contentsOf(context, headers, logs)) {
      if (isStopping()) return cursor
      cursor = await commitBlock(context, memory, block, checked, cursor?.hash ?? after)
    }
    const wider = memory.rangeBlocks * 2n
    memory.rangeBlocks = wider < LARGEST_RANGE ? wider : LARGEST_RANGE
    metrics.rangeBlocks.set(Number(memory.rangeBlocks))
    from = to + 1n
  }
  return cursor
}

/** The blocks to store: those with logs, or of which logs are in dispute, and the last. */
async function contentsOf(
  { connection, deployment }: SyncContext,
  headers: BlockRef[],
  logs: RawLog[],
): Promise<{ block: BlockRef; checked: CheckedLogs }[]> {
  const byBlock = new Map<bigint, RawLog[]>()
  for (const log of logs) {
    const ofBlock = byBlock.get(log.blockNumber)
    if (ofBlock) ofBlock.push(log)
    else byBlock.set(log.blockNumber, [log])
  }
  const contents = await inOrder(headers, async (block) => {
    const ofBlock = byBlock.get(block.number) ?? []
    if (ofBlock.some(({ blockHash }) => blockHash !== block.hash)) {
      throw new ForkChangedError(`block ${block.number} changed while it was read`)
    }
    return { block, checked: await checkLogs(connection, deployment, block, ofBlock) }
  })
  const last = headers.at(-1)
  return contents.filter(
    ({ block, checked }) => checked.logs.length > 0 || checked.check === 'DISPUTED' || block === last,
  )
}
