import type { Queryable } from '../client'
import type { Prisma } from '../generated/client'
import { toBigint } from '../numbers'
import { originOf, withBlock, type Origin } from '../origin'
import { withDeadlines } from './deadlines'

export type BatchSettlementRecord = ReturnType<typeof toBatchSettlement>
export type BatchRecord = ReturnType<typeof toBatch>

const include = {
  settlements: { include: withBlock, orderBy: { round: 'asc' } },
  end: { include: withBlock },
} satisfies Prisma.BatchInclude

type SettlementRow = Prisma.BatchSettlementGetPayload<{ include: typeof withBlock }>
type BatchRow = Prisma.BatchGetPayload<{ include: typeof include }>

function toBatchSettlement(row: SettlementRow) {
  return {
    round: Number(row.round),
    signer: row.signer,
    acc: row.acc,
    count: Number(row.count),
    price: Number(row.clearingPrice),
    lots: toBigint(row.lots),
    paid: toBigint(row.paid),
    fillCount: Number(row.fillCount),
    challengeUntil: row.challengeUntil,
    fillsHash: row.fillsHash,
    carriedHash: row.carriedHash,
    listed: row.carriedListHash !== null,
    proofHash: row.proofHash,
    origin: originOf(row) satisfies Origin,
  }
}

/** @param settleBy When it is void, or would have been. */
function toBatch(row: BatchRow, settleBy: bigint) {
  const standing = row.settlements.find(({ round }) => round === row.round)
  const { end } = row
  return {
    marketId: row.marketId,
    batchId: row.batchId,
    endsAt: row.endsAt,
    settleBy,
    status: row.status,
    acc: row.acc,
    leaves: Number(row.leafCount),
    orders: Number(row.orderCount),
    keyId: row.keyId,
    integrity: row.integrity,
    settlement: standing ? toBatchSettlement(standing) : null,
    struck: row.settlements.filter((settlement) => settlement !== standing).map(toBatchSettlement),
    finalized: end?.fees ? { fees: toBigint(end.fees), origin: originOf(end) } : null,
    voided: end && !end.fees ? originOf(end) : null,
  }
}

/**
 * One page of a market's used batches, newest first.
 *
 * @param filter.traded Only those in which something traded, or only the others.
 * @param filter.before Begin after (older than) this batch.
 * @returns At most `limit`, and the batch after which the next page begins (null: this was the last).
 */
export async function listBatches(
  db: Queryable,
  filter: { marketId: string; traded?: boolean | undefined; before?: bigint | undefined; limit: number },
): Promise<{ batches: BatchRecord[]; next: bigint | null }> {
  const where: Prisma.BatchWhereInput = { marketId: filter.marketId.toLowerCase() }
  if (filter.traded !== undefined) where.fillCount = filter.traded ? { gt: 0 } : 0
  if (filter.before !== undefined) where.batchId = { lt: filter.before }
  const rows = await db.batch.findMany({ where, orderBy: { batchId: 'desc' }, take: filter.limit + 1, include })
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  const batches = (await withDeadlines(db, page)).map(({ batch, deadline }) => toBatch(batch, deadline))
  return { batches, next: last && rows.length > filter.limit ? last.batchId : null }
}

/** @returns null where nobody used this batch. */
export async function findBatch(db: Queryable, marketId: string, batchId: bigint): Promise<BatchRecord | null> {
  const where = { marketId_batchId: { marketId: marketId.toLowerCase(), batchId } }
  const row = await db.batch.findUnique({ where, include })
  const [found] = await withDeadlines(db, row ? [row] : [])
  return found ? toBatch(found.batch, found.deadline) : null
}

/** Where the settlement of a round was taken back: by the first strike from that round on that reaches the batch. */
export async function findStrike(
  db: Queryable,
  settlement: { marketId: string; batchId: bigint; round: number },
): Promise<Origin | null> {
  const { marketId, batchId, round } = settlement
  const row = await db.strike.findFirst({
    where: { marketId, round: { gte: round }, batchId: { lte: batchId } },
    orderBy: { round: 'asc' },
    include: withBlock,
  })
  return row && originOf(row)
}
