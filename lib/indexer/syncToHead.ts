import type { BlockRef } from '../chain/connection'
import { prune, rollbackTo } from '../db/blocks'
import { noteDispute, noteHead, readSyncState } from '../db/sync'
import { backfill } from './backfill'
import { checkLogs } from './checkLogs'
import { commitBlock, type SyncContext } from './commitBlock'
import { IndexGapError, LogsDisputedError } from './errors'
import { findAncestor, isOnChain } from './findAncestor'
import type { SyncMemory } from './memory'
import { noteGap, readAgain } from './readAgain'
import { readBlockLogs } from './readLogs'
import { verifyBatches } from './book/verifyBatches'
import { verifyIntegrity } from './verifyIntegrity'

/** Blocks between two prunings: each looks at every stored block. */
const PRUNE_EVERY = 100n

type Cursor = { number: bigint; hash: string } | null

/**
 * One round: brings the index from wherever it stands to the chain's newest block.
 *
 * The invariant: whenever a transaction ends, the rows are exactly what the contract's events up to the cursor's block
 * make, on the fork of that block. Four cases move the cursor:
 * 1. its block is no longer on the chain: back to the highest stored block that is;
 * 2. finalized blocks lie ahead: forward in ranges of many blocks;
 * 3. younger blocks lie ahead: forward one by one, each naming the one before as parent;
 * 4. one names another parent: as 1, and on from there.
 *
 * What a node left out is found by `checkLogs`, before the block is written, or by the accumulators: `readAgain` then
 * takes the index back to before it.
 *
 * A crash between transactions loses nothing; the next round starts from the cursor.
 *
 * @throws Whatever the node or the database threw; the next round tries again.
 */
export async function syncToHead(context: SyncContext, memory: SyncMemory): Promise<void> {
  await readAgain(context, memory.suspects)
  try {
    await advance(context, memory)
  } catch (error) {
    if (error instanceof IndexGapError) noteGap(memory.suspects, error.id)
    if (error instanceof LogsDisputedError) await noteDispute(context.db, context.term, error.block.number)
    throw error
  }
}

async function advance(context: SyncContext, memory: SyncMemory): Promise<void> {
  const { connection, deployment, db, term, metrics, isStopping } = context
  const [head, finalized] = await Promise.all([connection.readBlock('latest'), connection.readBlock('finalized')])
  await noteHead(db, term, { number: head.number, time: head.timestamp })

  const state = await readSyncState(db)
  let cursor: Cursor = state?.cursor ?? null
  if (cursor && !(await isOnChain(connection, cursor, head))) cursor = await goBack(context, head, cursor)

  const first = BigInt(deployment.startBlock)
  const next = (from: Cursor) => (from ? from.number + 1n : first)
  if (next(cursor) <= finalized.number) {
    const range = { from: next(cursor), to: finalized.number }
    cursor = (await backfill(context, range, cursor?.hash ?? null, memory)) ?? cursor
  }
  while (next(cursor) <= head.number && !isStopping()) {
    const number = next(cursor)
    const block: BlockRef = number === head.number ? head : await connection.readBlock(number)
    if (cursor && block.parentHash !== cursor.hash) {
      // `head` may be on the fork that is gone; the next round asks again.
      await goBack(context, await connection.readBlock('latest'), cursor)
      return
    }
    const logs = await readBlockLogs(connection, deployment, block)
    const checked = await checkLogs(connection, deployment, block, logs)
    cursor = await commitBlock(context, memory, block, checked, cursor?.hash ?? null)
  }
  metrics.lagBlocks.set(Number(head.number - (cursor?.number ?? first)))
  if (isStopping()) return
  if (typeof state?.disputedBlock === 'bigint') await noteDispute(db, term, null)
  if (cursor?.hash === head.hash) {
    await verifyIntegrity(context, head, memory.suspects)
    await verifyBatches(context, head, memory.suspects)
  }
  if (finalized.number - memory.prunedBelow >= PRUNE_EVERY) {
    await prune(db, term, finalized.number)
    memory.prunedBelow = finalized.number
  }
}

async function goBack(context: SyncContext, head: BlockRef, from: NonNullable<Cursor>): Promise<Cursor> {
  const ancestor = await findAncestor(context.connection, context.db, head)
  const blocks = await rollbackTo(context.db, context.term, ancestor)
  const { log, metrics } = context
  metrics.reorgs.inc()
  metrics.reorgDepth.observe(Number(from.number - (ancestor?.number ?? BigInt(context.deployment.startBlock) - 1n)))
  if (ancestor)
    log.warn({ from: from.number, to: ancestor.number, blocks }, 'the chain was reorganised: blocks taken back')
  else log.error({ from: from.number, blocks }, 'the chain has no block of the index any more: all of it is read anew')
  return ancestor
}
