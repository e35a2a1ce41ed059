import { appendRollbackToFeed } from './appendFeed'
import type { Database, Queryable } from './client'
import { writeAsLeader } from './fence'

const ROW = { id: 1 } as const

/** What the index follows. A change of any of these starts it anew. */
export type SyncTarget = {
  chainId: bigint
  startBlock: bigint
  auctions: string
  book: string
  registry: string
  verifier: string
  demoToken: string | null
  demoBase: string | null
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
  /** The block that the index waits before, since the node contradicts itself about its logs; null: none. */
  disputedBlock: bigint | null
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
 *
 * @param term Of this writer's lead; see `writeAsLeader`.
 */
export async function beginSync(
  db: Database,
  term: bigint | null,
  target: SyncTarget,
  head: { number: bigint; time: bigint },
): Promise<void> {
  const seen = { head: head.number, headTime: head.time, updatedAt: new Date() }
  await writeAsLeader(db, term, async (tx) => {
    const known = await tx.syncState.findUnique({ where: ROW })
    const same =
      known?.chainId === target.chainId &&
      known.startBlock === target.startBlock &&
      known.auctions === target.auctions &&
      known.book === target.book &&
      known.registry === target.registry
    if (known && !same) {
      await tx.block.deleteMany()
      await tx.syncState.delete({ where: ROW })
      await appendRollbackToFeed(tx, { number: target.startBlock - 1n, hash: null })
    }
    await tx.syncState.upsert({ where: ROW, create: { ...ROW, ...target, ...seen }, update: { ...target, ...seen } })
  })
}

/** Notes how far the chain is, whether or not anything was indexed. */
export async function noteHead(
  db: Database,
  term: bigint | null,
  head: { number: bigint; time: bigint },
): Promise<void> {
  const data = { head: head.number, headTime: head.time, updatedAt: new Date() }
  await writeAsLeader(db, term, (tx) => tx.syncState.update({ where: ROW, data }))
}

/** Notes which block the index waits before; null: none. */
export async function noteDispute(db: Database, term: bigint | null, disputedBlock: bigint | null): Promise<void> {
  await writeAsLeader(db, term, (tx) => tx.syncState.update({ where: ROW, data: { disputedBlock } }))
}

/** Where the named auctions' accumulators stand, what their bids are paid in, and which settlement comes next. Unknown ids are left out. */
export async function readAuctionTips(
  db: Queryable,
  ids: string[],
): Promise<Map<string, { acc: string; count: number; paymentToken: string; round: number }>> {
  const rows = await db.auction.findMany({
    where: { id: { in: ids } },
    select: {
      ...{ id: true, acc: true, leafCount: true, paymentToken: true },
      settlements: { orderBy: { round: 'desc' }, take: 1, select: { round: true } },
    },
  })
  return new Map(
    rows.map(({ id, acc, leafCount, paymentToken, settlements: [last] }) => {
      const round = Number(last?.round ?? 0n) + 1
      return [id, { acc, count: Number(leafCount), paymentToken, round }]
    }),
  )
}

/**
 * Records whether the contract holds the same accumulator.
 *
 * @param leafCount The count that was compared: where a leaf came in meanwhile, nothing is recorded.
 */
export async function recordIntegrity(
  db: Database,
  term: bigint | null,
  auction: { id: string; acc: string; leafCount: number },
  integrity: 'VERIFIED' | 'MISMATCH',
): Promise<void> {
  const { id, acc, leafCount } = auction
  await writeAsLeader(db, term, (tx) => tx.auction.updateMany({ where: { id, acc, leafCount }, data: { integrity } }))
}
