import { batchEnd, type MarketClock } from '../../chain/book/clock'
import type { Queryable } from '../client'
import { toBigint } from '../numbers'
import { originOf, withBlock, type Origin } from '../origin'
import { withDeadlines } from './deadlines'

/** Base units of a market's two tokens. */
export type MoneyRecord = { base: bigint; quote: bigint }

/** What a trader asked to take out, and the batch that it waits for. */
export type WithdrawalRecord = MoneyRecord & { batchId: bigint; notBefore: bigint; due: boolean; origin: Origin }

/** `final`: the contract's margin. `pending`: with settled batches that are not final, too. */
export type MarketMoneyRecord = { final: MoneyRecord; pending: MoneyRecord; withdrawal: WithdrawalRecord | null }

/** As much of a market as its traders' money depends on. */
export type MoneyMarket = MarketClock & { id: string; lotSize: bigint }

/** Late batches that the contract voids in passing, when a withdrawal is sent. */
const VOIDS_IN_PASSING = 8

/** One trader's margin in one market. Nobody has heard of him: zeros. @param now Chain time. */
export async function readMarketMoney(
  db: Queryable,
  market: MoneyMarket,
  account: string,
  now: bigint,
): Promise<MarketMoneyRecord> {
  const [marketId, trader] = [market.id, account.toLowerCase()]
  const row = await db.trader.findUnique({ where: { marketId_trader: { marketId, trader } } })
  const final = { base: row ? toBigint(row.base) : 0n, quote: row ? toBigint(row.quote) : 0n }
  const unfinal = await readUnfinalFills(db, market, trader)
  return {
    final,
    pending: { base: final.base + unfinal.base, quote: final.quote + unfinal.quote },
    withdrawal: await readWithdrawal(db, market, trader, now),
  }
}

/** What settled batches that are not final will add; less than nothing where they take. */
async function readUnfinalFills(db: Queryable, { id, lotSize }: MoneyMarket, trader: string): Promise<MoneyRecord> {
  const [row] = await db.$queryRaw<[{ lots: string; quote: string }]>`
    SELECT COALESCE(sum(CASE WHEN f.sell THEN -f.lots ELSE f.lots END), 0)::text AS lots,
      COALESCE(sum(CASE WHEN f.sell THEN f.payment - f.fee ELSE -(f.payment + f.fee) END), 0)::text AS quote
    FROM batches b JOIN fills f ON f.market_id = b.market_id AND f.batch_id = b.batch_id AND f.round = b.round
    WHERE b.market_id = ${id} AND b.status = 'SETTLED' AND f.trader = ${trader}`
  return { base: BigInt(row.lots) * lotSize, quote: BigInt(row.quote) }
}

/** Requests add up until they are paid; the newest one's batch is the one they wait for. */
async function readWithdrawal(
  db: Queryable,
  market: MoneyMarket,
  trader: string,
  now: bigint,
): Promise<WithdrawalRecord | null> {
  const where = { account: trader, marketId: market.id }
  const newest = [{ blockNumber: 'desc' as const }, { logIndex: 'desc' as const }]
  const paid = await db.event.findFirst({ where: { ...where, kind: 'MarginWithdrawn' }, orderBy: newest })
  const later = paid && {
    OR: [{ blockNumber: { gt: paid.blockNumber } }, { blockNumber: paid.blockNumber, logIndex: { gt: paid.logIndex } }],
  }
  const requests = await db.event.findMany({
    where: { ...where, kind: 'WithdrawalRequested', ...later },
    orderBy: newest,
    include: withBlock,
  })
  const [last] = requests
  if (!last || last.batchId === null) return null
  const sum = (field: 'base' | 'quote') =>
    requests.reduce((total, request) => total + (request[field] ? toBigint(request[field]) : 0n), 0n)
  const notBefore = batchEnd(market, last.batchId)
  const due = now >= notBefore && !(await isWaiting(db, market, last.batchId, now))
  return { base: sum('base'), quote: sum('quote'), batchId: last.batchId, notBefore, due, origin: originOf(last) }
}

/** Whether a used batch up to this one may still change what the trader has. */
async function isWaiting(db: Queryable, market: MoneyMarket, batchId: bigint, now: bigint): Promise<boolean> {
  const upTo = { marketId: market.id, batchId: { lte: batchId } }
  const settled = await db.batch.findFirst({ where: { ...upTo, status: 'SETTLED' }, select: { batchId: true } })
  if (settled) return true
  const unsettled = await db.batch.findMany({
    where: { ...upTo, status: { in: ['OPEN', 'STRUCK'] } },
    orderBy: { batchId: 'asc' },
    take: VOIDS_IN_PASSING + 1,
    select: { keyId: true, endsAt: true, settleBy: true },
  })
  if (unsettled.length > VOIDS_IN_PASSING) return true
  return (await withDeadlines(db, unsettled)).some(({ deadline }) => now < deadline)
}
