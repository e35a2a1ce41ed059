import type { Database, Queryable } from '../client'
import { writeAsLeader } from '../fence'
import type { BatchKey } from './tips'

export type BatchLeaves = BatchKey & { acc: string; leafCount: number }

/** Batches whose leaves were not compared with the contract since the newest one. */
export async function findUnverifiedBatches(db: Queryable, limit: number): Promise<BatchLeaves[]> {
  const rows = await db.batch.findMany({
    where: { integrity: 'UNVERIFIED' },
    orderBy: [{ marketId: 'asc' }, { batchId: 'asc' }],
    take: limit,
    select: { marketId: true, batchId: true, acc: true, leafCount: true },
  })
  return rows.map((row) => ({ ...row, leafCount: Number(row.leafCount) }))
}

/** Batches of which the contract, or the settlement that it took, has other leaves. */
export function findBatchMismatches(db: Queryable): Promise<BatchKey[]> {
  return db.batch.findMany({ where: { integrity: 'MISMATCH' }, select: { marketId: true, batchId: true } })
}

/**
 * The first stored block that may hold a leaf of a batch, where something of it is missing; null where the market is not
 * indexed.
 *
 * @param key As `batchKey` makes it.
 */
export async function findBatchStart(db: Queryable, key: string): Promise<bigint | null> {
  const [marketId = '', number = '0'] = key.split('/')
  const market = await db.market.findUnique({ where: { id: marketId }, select: { startsAt: true, batchLength: true } })
  if (!market) return null
  const startsAt = market.startsAt + (BigInt(number) - 1n) * market.batchLength
  const first = await db.block.findFirst({
    where: { time: { gte: startsAt } },
    orderBy: { number: 'asc' },
    select: { number: true },
  })
  return first && first.number
}

/** The block that an indexed market was created in; null for one that is not indexed. */
export async function findMarketCreationBlock(db: Queryable, id: string): Promise<bigint | null> {
  const row = await db.market.findUnique({ where: { id }, select: { blockNumber: true } })
  return row && row.blockNumber
}

/**
 * Records whether the contract holds the same accumulator.
 *
 * @param leaves What was compared: where a leaf came in meanwhile, nothing is recorded.
 */
export async function recordBatchIntegrity(
  db: Database,
  term: bigint | null,
  leaves: BatchLeaves,
  integrity: 'VERIFIED' | 'MISMATCH',
): Promise<void> {
  await writeAsLeader(db, term, (tx) => tx.batch.updateMany({ where: leaves, data: { integrity } }))
}
