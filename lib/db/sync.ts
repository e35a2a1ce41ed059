import type { Database, Queryable } from './client'
import { appendBlockToFeed, appendRollbackToFeed } from './appendFeed'
import { deriveAuctions } from './derive'
import type { Prisma } from './generated/client'

const ROW = { id: 1 } as const

/** A block as the index follows it. `time` in Unix seconds. */
export type BlockRow = { number: bigint; hash: string; parentHash: string; time: bigint }

/** What a block's events become. Addresses and hashes in lower case. */
export type EventRows = {
  auctions: Prisma.AuctionCreateManyInput[]
  leaves: Prisma.LeafCreateManyInput[]
  bids: Prisma.BidCreateManyInput[]
  settlements: Prisma.SettlementCreateManyInput[]
  winners: Prisma.WinnerCreateManyInput[]
  openings: Prisma.OpeningCreateManyInput[]
  claims: Prisma.ClaimCreateManyInput[]
  events: Prisma.EventCreateManyInput[]
}

/** What the index follows. A change of any of these starts it anew. */
export type SyncTarget = {
  chainId: bigint
  startBlock: bigint
  auctions: string
  registry: string
  verifier: string
  demoToken: string | null
  demoLots: string | null
  demoEditions: string | null
  simulated: boolean
}

export type SyncState = SyncTarget & {
  /** The last block indexed; null before the first. */
  cursor: { number: bigint; hash: string; time: bigint } | null
  head: bigint
  headTime: bigint
  /** When the indexer last looked, by its own clock. */
  updatedAt: Date
}

/** Somebody else moved the cursor, or the block does not follow it. Read the state again and go on from there. */
export class CursorMovedError extends Error {
  override name = 'CursorMovedError'
}

/** @returns null on a database that no indexer has used. */
export async function readSyncState(db: Queryable): Promise<SyncState | null> {
  const row = await db.syncState.findUnique({ where: ROW })
  if (!row) return null
  const { id: _id, blockNumber, blockHash, blockTime, ...rest } = row
  const cursor =
    blockNumber === null || blockHash === null || blockTime === null
      ? null
      : { number: blockNumber, hash: blockHash, time: blockTime }
  return { ...rest, cursor }
}

/**
 * Names what this database indexes. Where it held another deployment (another chain, contract or first block), that is
 * deleted.
 */
export async function beginSync(
  db: Database,
  target: SyncTarget,
  head: { number: bigint; time: bigint },
): Promise<void> {
  const seen = { head: head.number, headTime: head.time, updatedAt: new Date() }
  await db.$transaction(async (tx) => {
    const known = await tx.syncState.findUnique({ where: ROW })
    const same =
      known?.chainId === target.chainId && known.startBlock === target.startBlock && known.auctions === target.auctions
    if (known && !same) {
      await tx.block.deleteMany()
      await tx.syncState.delete({ where: ROW })
      await appendRollbackToFeed(tx, { number: target.startBlock - 1n, hash: null })
    }
    await tx.syncState.upsert({ where: ROW, create: { ...ROW, ...target, ...seen }, update: { ...target, ...seen } })
  })
}

/** Notes how far the chain is, whether or not anything was indexed. */
export async function noteHead(db: Queryable, head: { number: bigint; time: bigint }): Promise<void> {
  await db.syncState.update({ where: ROW, data: { head: head.number, headTime: head.time, updatedAt: new Date() } })
}

/** Where the named auctions' accumulators stand, and what their bids are paid in. Unknown ids are left out. */
export async function readAuctionTips(
  db: Queryable,
  ids: string[],
): Promise<Map<string, { acc: string; count: number; paymentToken: string }>> {
  const rows = await db.auction.findMany({
    where: { id: { in: ids } },
    select: { id: true, acc: true, leafCount: true, paymentToken: true },
  })
  return new Map(
    rows.map(({ id, acc, leafCount, paymentToken }) => [id, { acc, count: Number(leafCount), paymentToken }]),
  )
}

/**
 * Adds one block with everything in it and moves the cursor to it, in one transaction.
 *
 * @param after Hash of the cursor that the rows were made for; null at the beginning.
 * @throws CursorMovedError where the cursor is elsewhere by now. Nothing is written then.
 */
export async function applyBlock(db: Database, block: BlockRow, rows: EventRows, after: string | null): Promise<void> {
  await db.$transaction(
    async (tx) => {
      if ((await lockCursor(tx)) !== after) throw new CursorMovedError(`the cursor is no longer at ${after}`)
      await tx.block.create({ data: block })
      await tx.auction.createMany({ data: rows.auctions })
      await tx.leaf.createMany({ data: rows.leaves })
      await tx.bid.createMany({ data: rows.bids })
      await tx.settlement.createMany({ data: rows.settlements })
      await tx.winner.createMany({ data: rows.winners })
      await tx.opening.createMany({ data: rows.openings })
      await tx.claim.createMany({ data: rows.claims })
      await tx.event.createMany({ data: rows.events })
      await deriveAuctions(tx, auctionIdsOf(rows.events))
      await setCursor(tx, block)
      await appendBlockToFeed(tx, block)
    },
    { timeout: 60_000, maxWait: 10_000 },
  )
}

/**
 * Takes back every block above `ancestor`, with all that came in them, and moves the cursor there, in one transaction.
 *
 * @param ancestor The last block kept; null: none.
 * @returns How many blocks were taken back.
 */
export async function rollbackTo(db: Database, ancestor: BlockRow | null): Promise<number> {
  return db.$transaction(
    async (tx) => {
      await lockCursor(tx)
      const above = ancestor ? { gt: ancestor.number } : undefined
      const touched = await tx.event.findMany({
        where: { auctionId: { not: null }, ...(above && { blockNumber: above }) },
        distinct: ['auctionId'],
        select: { auctionId: true },
      })
      const { count } = await tx.block.deleteMany({ where: above ? { number: above } : {} })
      await deriveAuctions(tx, auctionIdsOf(touched))
      const { startBlock } = await setCursor(tx, ancestor)
      await appendRollbackToFeed(tx, ancestor ?? { number: startBlock - 1n, hash: null })
      return count
    },
    { timeout: 60_000, maxWait: 10_000 },
  )
}

/** Stored blocks below `number` (null: all), highest first: where to look for a common ancestor. */
export async function readBlocksBelow(db: Queryable, number: bigint | null, limit: number): Promise<BlockRow[]> {
  const where = number === null ? {} : { number: { lt: number } }
  return db.block.findMany({ where, orderBy: { number: 'desc' }, take: limit })
}

/** Drops blocks below `number` that hold no event: nobody will ask for them again. The cursor's stays. */
export async function pruneBlocks(db: Queryable, number: bigint): Promise<number> {
  return db.$executeRaw`
    DELETE FROM blocks b WHERE b.number < ${number}
      AND NOT EXISTS (SELECT 1 FROM events e WHERE e.block_hash = b.hash)
      AND NOT EXISTS (SELECT 1 FROM sync_state s WHERE s.block_hash = b.hash)`
}

/**
 * Records whether the contract holds the same accumulator.
 *
 * @param leafCount The count that was compared: where a leaf came in meanwhile, nothing is recorded.
 */
export async function recordIntegrity(
  db: Queryable,
  auction: { id: string; acc: string; leafCount: number },
  integrity: 'VERIFIED' | 'MISMATCH',
): Promise<void> {
  const { id, acc, leafCount } = auction
  await db.auction.updateMany({ where: { id, acc, leafCount }, data: { integrity } })
}

/** Keeps other indexers out until the transaction ends. */
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
