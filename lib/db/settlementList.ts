import { ZERO_HASH } from '../protocol/constants'
import type { Queryable } from './client'
import { searchWhere } from './auctions'
import type { Prisma, PricingRule } from './generated/client'
import { toBigint } from './numbers'
import { settlementInclude, toSettlement, type ProofRecord } from './settlements'

/** A settlement with what it settled. `paid`: base units that its winners pay. */
export type SettlementEntryRecord = ReturnType<typeof toEntry> & { paid: bigint }

/** Where a page of settlements begins: just after (older than) this one. */
export type SettlementPosition = { blockNumber: bigint; logIndex: number }

const include = {
  ...settlementInclude,
  auction: {
    select: {
      ...{ seller: true, rule: true, paymentToken: true, tickSize: true, supply: true },
      ...{ lotKind: true, lotToken: true, lotTokenId: true, lotSize: true },
    },
  },
} satisfies Prisma.SettlementInclude

const PROOF_WHERE: Record<ProofRecord['state'], Prisma.SettlementWhereInput> = {
  none: { proofHash: ZERO_HASH },
  missing: { proofHash: { not: ZERO_HASH }, bundleHash: null },
  available: { bundleHash: { not: null } },
}

function toEntry(row: Prisma.SettlementGetPayload<{ include: typeof include }>) {
  const { auction } = row
  return {
    ...toSettlement(row),
    auctionId: row.auctionId,
    seller: auction.seller,
    rule: auction.rule,
    paymentToken: auction.paymentToken,
    tickSize: toBigint(auction.tickSize),
    supply: Number(auction.supply),
    lot: {
      lotKind: auction.lotKind,
      lotToken: auction.lotToken,
      lotTokenId: toBigint(auction.lotTokenId),
      lotSize: toBigint(auction.lotSize),
    },
  }
}

/**
 * One page of settlements, newest first. Times in Unix seconds of the settlement's block.
 *
 * @param filter.settledAfter Inclusive.
 * @param filter.settledBefore Exclusive.
 * @returns At most `limit`, and where the next page begins (null: this was the last).
 */
export async function listSettlements(
  db: Queryable,
  filter: {
    signer?: string | undefined
    seller?: string | undefined
    rule?: PricingRule | undefined
    proof?: ProofRecord['state'] | undefined
    /** As `searchWhere` of auctions understands it. */
    q?: string | undefined
    settledAfter?: number | undefined
    settledBefore?: number | undefined
    after?: SettlementPosition | undefined
    limit: number
  },
): Promise<{ settlements: SettlementEntryRecord[]; next: SettlementPosition | null }> {
  const where: Prisma.SettlementWhereInput[] = []
  if (filter.signer) where.push({ signer: filter.signer.toLowerCase() })
  if (filter.seller) where.push({ auction: { seller: filter.seller.toLowerCase() } })
  if (filter.rule) where.push({ auction: { rule: filter.rule } })
  if (filter.proof) where.push(PROOF_WHERE[filter.proof])
  if (filter.q !== undefined) where.push({ auction: searchWhere(filter.q) })
  if (filter.settledAfter !== undefined) where.push({ block: { time: { gte: BigInt(filter.settledAfter) } } })
  if (filter.settledBefore !== undefined) where.push({ block: { time: { lt: BigInt(filter.settledBefore) } } })
  if (filter.after) {
    const { blockNumber: number, logIndex } = filter.after
    where.push({ OR: [{ block: { number: { lt: number } } }, { block: { number }, logIndex: { lt: logIndex } }] })
  }
  const rows = await db.settlement.findMany({
    where: { AND: where },
    orderBy: [{ block: { number: 'desc' } }, { logIndex: 'desc' }],
    take: filter.limit + 1,
    include,
  })
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    settlements: await withPaid(db, page.map(toEntry)),
    next: last && rows.length > filter.limit ? { blockNumber: last.block.number, logIndex: last.logIndex } : null,
  }
}

/**
 * @param round Null: the newest.
 * @returns null where the auction has no settlement of that round.
 */
export async function findSettlement(
  db: Queryable,
  auctionId: string,
  round: number | null,
): Promise<SettlementEntryRecord | null> {
  const row = await db.settlement.findFirst({
    where: { auctionId: auctionId.toLowerCase(), ...(round !== null && { round: BigInt(round) }) },
    orderBy: { round: 'desc' },
    include,
  })
  if (!row) return null
  const [entry] = await withPaid(db, [toEntry(row)])
  return entry ?? null
}

async function withPaid(db: Queryable, entries: ReturnType<typeof toEntry>[]): Promise<SettlementEntryRecord[]> {
  const sums = await db.winner.groupBy({
    by: ['auctionId', 'round'],
    where: { auctionId: { in: entries.map(({ auctionId }) => auctionId) } },
    _sum: { payment: true },
  })
  const paidOf = new Map(sums.map((row) => [keyOf(row), row._sum.payment && toBigint(row._sum.payment)]))
  return entries.map((entry) => ({ ...entry, paid: paidOf.get(keyOf(entry)) ?? 0n }))
}

function keyOf({ auctionId, round }: { auctionId: string; round: bigint | number }): string {
  return `${auctionId}:${round}`
}
