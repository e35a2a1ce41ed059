import type { Queryable } from '../client'
import type { Prisma } from '../generated/client'
import { ZERO_HASH } from '../../protocol/constants'
import { toBigint } from '../numbers'
import { originOf, withBlock, type Origin } from '../origin'
import { readFilledLots, readFillsOf, type FillRecord } from './fills'

type Leaf = { batchId: bigint; seq: number; trader: string; leaf: string; origin: Origin }

/** The public part of an order. `cancelledIn`: from that batch on it does not trade; `filled` in lots. */
export type OrderRecord = Leaf & {
  kind: 'order'
  keyId: string
  x: bigint
  y: bigint
  sealed: Uint8Array
  sealedHash: string
  cancelledIn: bigint | null
  filled: bigint
}

/** `cancelledLeaf`: zeros for all orders that the trader placed in earlier batches. */
export type OrderCancellationRecord = Leaf & { kind: 'cancellation'; cancelledLeaf: string }

export type BookLeafRecord = OrderRecord | OrderCancellationRecord

/** An order with its cancellation, and what every batch gave it, oldest first. */
export type OrderStoryRecord = {
  order: OrderRecord
  cancellation: OrderCancellationRecord | null
  fills: FillRecord[]
}

/** Where a page of orders begins: just after (older than) this one. */
export type OrderPosition = { batchId: bigint; seq: bigint }

type LeafRow = Prisma.BookLeafGetPayload<{ include: typeof withBlock }>

/** One page of a batch's leaves, by seq. @param filter.afterSeq Begin after this one. */
export async function listBatchLeaves(
  db: Queryable,
  filter: { marketId: string; batchId: bigint; afterSeq?: number | undefined; limit: number },
): Promise<{ leaves: BookLeafRecord[]; nextSeq: number | null }> {
  const { marketId, batchId, afterSeq, limit } = filter
  const rows = await db.bookLeaf.findMany({
    where: { marketId, batchId, ...(afterSeq !== undefined && { seq: { gt: afterSeq } }) },
    orderBy: { seq: 'asc' },
    take: limit + 1,
    include: withBlock,
  })
  const page = rows.slice(0, limit)
  const orders = new Map((await toOrders(db, marketId, page)).map(({ order }) => [order.leaf, order]))
  const last = page.at(-1)
  return {
    leaves: page.map((row) => orders.get(row.leaf) ?? toCancellation(row)),
    nextSeq: last && rows.length > limit ? Number(last.seq) : null,
  }
}

/** One page of a market's orders, newest first, with what became of them. @param filter.trader Only his. */
export async function listOrders(
  db: Queryable,
  filter: { marketId: string; trader?: string | undefined; after?: OrderPosition | undefined; limit: number },
): Promise<{ orders: OrderStoryRecord[]; next: OrderPosition | null }> {
  const where: Prisma.BookLeafWhereInput = { marketId: filter.marketId, cancelledLeaf: null }
  if (filter.trader) where.trader = filter.trader.toLowerCase()
  if (filter.after) {
    const { batchId, seq } = filter.after
    where.OR = [{ batchId: { lt: batchId } }, { batchId, seq: { lt: seq } }]
  }
  const rows = await db.bookLeaf.findMany({
    where,
    orderBy: [{ batchId: 'desc' }, { seq: 'desc' }],
    take: filter.limit + 1,
    include: withBlock,
  })
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  const stories = await toOrders(db, filter.marketId, page)
  const fills = await readFillsOf(
    db,
    filter.marketId,
    stories.map(({ order }) => order.leaf),
  )
  return {
    orders: stories.map((story) => ({ ...story, fills: fills.get(story.order.leaf) ?? [] })),
    next: last && rows.length > filter.limit ? { batchId: last.batchId, seq: last.seq } : null,
  }
}

/** How many orders a trader has placed in a market. */
export function countOrders(db: Queryable, marketId: string, trader: string): Promise<number> {
  return db.bookLeaf.count({ where: { marketId, trader: trader.toLowerCase(), cancelledLeaf: null } })
}

/** Those of some leaves that are orders, in their order. */
async function toOrders(
  db: Queryable,
  marketId: string,
  rows: LeafRow[],
): Promise<{ order: OrderRecord; cancellation: OrderCancellationRecord | null }[]> {
  const leaves = rows.map(({ leaf }) => leaf)
  if (leaves.length === 0) return []
  const cancelling = await readCancellations(db, marketId, rows)
  const filled = await readFilledLots(db, marketId, leaves)
  return rows.flatMap((row) => {
    const { keyId, x, y, sealed, sealedHash } = row
    if (!x || !y || !sealed || sealedHash === null) return []
    const first = cancelling.find(
      ({ cancelledLeaf, trader, batchId }) =>
        cancelledLeaf === row.leaf || (cancelledLeaf === ZERO_HASH && trader === row.trader && batchId > row.batchId),
    )
    const cancellation = first ? toCancellation(first) : null
    const order: OrderRecord = {
      kind: 'order',
      ...toLeaf(row),
      ...{ keyId, x: toBigint(x), y: toBigint(y), sealed, sealedHash },
      cancelledIn: cancellation?.batchId ?? null,
      filled: filled.get(row.leaf) ?? 0n,
    }
    return [{ order, cancellation }]
  })
}

/** Those of some orders alone, and every `cancelAll` of their traders from the first one on that can reach one; the oldest first. */
async function readCancellations(db: Queryable, marketId: string, rows: readonly LeafRow[]): Promise<LeafRow[]> {
  const traders = [...new Set(rows.map(({ trader }) => trader))]
  const oldest = rows.map(({ batchId }) => batchId).reduce((least, batchId) => (batchId < least ? batchId : least))
  return db.bookLeaf.findMany({
    where: {
      marketId,
      OR: [
        { cancelledLeaf: { in: rows.map(({ leaf }) => leaf) } },
        { cancelledLeaf: ZERO_HASH, trader: { in: traders }, batchId: { gt: oldest } },
      ],
    },
    orderBy: [{ batchId: 'asc' }, { seq: 'asc' }],
    include: withBlock,
  })
}

function toLeaf(row: LeafRow): Leaf {
  const { batchId, seq, trader, leaf } = row
  return { batchId, seq: Number(seq), trader, leaf, origin: originOf(row) }
}

function toCancellation(row: LeafRow): OrderCancellationRecord {
  const { cancelledLeaf } = row
  if (cancelledLeaf === null) throw new Error(`leaf ${row.leaf} is neither an order nor a cancellation`)
  return { kind: 'cancellation', ...toLeaf(row), cancelledLeaf }
}
