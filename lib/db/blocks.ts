import { appendBlockToFeed, appendRollbackToFeed, pruneFeed } from './appendFeed'
import { deriveBook, readBookChanges, readBookTakenBack } from './book/derive'
import type { Database, Queryable } from './client'
import { deriveAuctions } from './derive'
import { writeAsLeader } from './fence'
import type { LogCheck } from './generated/client'
import { insertRows, type EventRows } from './insertRows'
import { readLeafChanges, takenBack } from './leafChanges'

const ROW = { id: 1 } as const

/** Entries of the feed that stay: about a day of empty blocks, two seconds each. */
const FEED_LENGTH = 50_000n

/** A block as the index follows it. `time` in Unix seconds; `logCount`: of our contracts. */
export type BlockRow = {
  number: bigint
  hash: string
  parentHash: string
  time: bigint
  logCount: number
  logCheck: LogCheck
}

/** Somebody else moved the cursor, or the block does not follow it. Read the state again and go on from there. */
export class CursorMovedError extends Error {
  override name = 'CursorMovedError'
}

/**
 * Adds one block with everything in it and moves the cursor to it, in one transaction.
 *
 * @param term Of this writer's lead; see `writeAsLeader`.
 * @param after Hash of the cursor that the rows were made for; null at the beginning.
 * @throws CursorMovedError where the cursor is elsewhere by now; NotLeaderError. Nothing is written then.
 */
export async function applyBlock(
  db: Database,
  term: bigint | null,
  block: BlockRow,
  rows: EventRows,
  after: string | null,
): Promise<void> {
  await writeAsLeader(db, term, async (tx) => {
    if ((await lockCursor(tx)) !== after) throw new CursorMovedError(`the cursor is no longer at ${after}`)
    await tx.block.create({ data: block })
    await insertRows(tx, rows)
    const changes = rows.leaves.length > 0 ? await readLeafChanges(tx, [block.hash]) : []
    await deriveAuctions(tx, auctionIdsOf(rows.events), changes)
    const isBookTouched = rows.events.some(({ marketId }) => typeof marketId === 'string')
    if (isBookTouched) await deriveBook(tx, await readBookChanges(tx, [block.hash]))
    await setCursor(tx, block)
    await appendBlockToFeed(tx, block)
  })
}

/**
 * Takes back every block above `ancestor`, with all that came in them, and moves the cursor there, in one transaction.
 *
 * @param ancestor The last block kept; null: none.
 * @returns How many blocks were taken back.
 */
export async function rollbackTo(db: Database, term: bigint | null, ancestor: BlockRow | null): Promise<number> {
  return writeAsLeader(db, term, async (tx) => {
    await lockCursor(tx)
    const above = ancestor ? { number: { gt: ancestor.number } } : {}
    // Where nothing stays, nothing is left to derive.
    const gone = ancestor ? await tx.block.findMany({ where: above, select: { hash: true } }) : []
    const hashes = gone.map(({ hash }) => hash)
    const ids = await tx.$queryRaw<{ auctionId: string | null }[]>`
      SELECT DISTINCT auction_id AS "auctionId" FROM events WHERE block_hash = ANY(${hashes}::text[])`
    const changes = takenBack(await readLeafChanges(tx, hashes))
    const bookChanges = await readBookTakenBack(tx, hashes)
    const { count } = await tx.block.deleteMany({ where: above })
    await deriveAuctions(tx, auctionIdsOf(ids), changes)
    await deriveBook(tx, bookChanges)
    const { startBlock } = await setCursor(tx, ancestor)
    await appendRollbackToFeed(tx, ancestor ?? { number: startBlock - 1n, hash: null })
    return count
  })
}

/** Stored blocks below `number` (null: all), highest first: where to look for a common ancestor. */
export async function readBlocksBelow(db: Queryable, number: bigint | null, limit: number): Promise<BlockRow[]> {
  const where = number === null ? {} : { number: { lt: number } }
  return db.block.findMany({ where, orderBy: { number: 'desc' }, take: limit })
}

/** How many blocks are indexed whose events may not be all: the node contradicts itself about them. */
export async function countDisputedBlocks(db: Queryable): Promise<number> {
  return db.block.count({ where: { logCheck: 'DISPUTED' } })
}

/**
 * Drops blocks below `number` that hold no event, and the feed's oldest entries: nobody will ask for them again. The
 * cursor's block stays, and so do those in dispute.
 */
export async function prune(db: Database, term: bigint | null, number: bigint): Promise<number> {
  return writeAsLeader(db, term, async (tx) => {
    await pruneFeed(tx, FEED_LENGTH)
    return tx.$executeRaw`
      DELETE FROM blocks b WHERE b.number < ${number} AND b.log_count = 0 AND b.log_check <> 'DISPUTED'
        AND NOT EXISTS (SELECT 1 FROM sync_state s WHERE s.block_hash = b.hash)`
  })
}

/** Keeps other writers out until the transaction ends. */
async function lockCursor(tx: Queryable): Promise<string | null> {
  const [row] = await tx.$queryRaw<
    { block_hash: string | null }[]
  >`SELECT block_hash FROM sync_state WHERE id = 1 FOR UPDATE`
  if (!row) throw new Error('beginSync has not run on this database')
  return row.block_hash
}

async function setCursor(tx: Queryable, block: BlockRow | null): Promise<{ startBlock: bigint }> {
  const data = { blockNumber: block?.number ?? null, blockHash: block?.hash ?? null, blockTime: block?.time ?? null }
  return tx.syncState.update({ where: ROW, data, select: { startBlock: true } })
}

function auctionIdsOf(rows: { auctionId?: string | null }[]): string[] {
  return [...new Set(rows.flatMap(({ auctionId }) => auctionId ?? []))]
}
