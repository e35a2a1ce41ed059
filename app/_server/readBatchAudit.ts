import type { Hex } from 'viem'
import { findBatch, listBatches } from '../../lib/db/book/batches'
import { findMarket, listMarkets } from '../../lib/db/book/markets'
import type { Database } from '../../lib/db/client'
import { toBatchView } from '../api/v1/_lib/batchView'
import { toMarketSummaries } from '../api/v1/_lib/marketView'
import type { Batch } from '../api/v1/_schemas/batch'
import type { MarketSummary } from '../api/v1/_schemas/market'
import type { BatchFilters } from '../audit/markets/batchFilters'
import { readHead } from './readHead'

/** `market` null: there is none yet, or none of this id. `next`: the batch behind which older ones begin. */
export type BatchAuditList = {
  markets: MarketSummary[]
  market: MarketSummary | null
  batches: Batch[]
  next: number | null
  madeAt: number
}

/** `madeAt`: the newest block's time that the index knew of, Unix seconds. */
export type BatchAuditData = { market: MarketSummary; batch: Batch; madeAt: number }

const MARKETS_SHOWN = 100
const PAGE = 25

/** One page of a market's batches, newest first; of the busiest market where none is named. */
export async function readBatchAuditList(
  db: Database,
  { market: id, traded, before }: BatchFilters,
): Promise<BatchAuditList> {
  const { now } = await readHead(db)
  const { markets: records } = await listMarkets(db, { sort: 'active', limit: MARKETS_SHOWN })
  const record = id ? (records.find((one) => one.id === id) ?? (await findMarket(db, id))) : (records[0] ?? null)
  const all = record && !records.includes(record) ? [...records, record] : records
  const markets = await toMarketSummaries(db, all, now)
  const madeAt = Number(now)
  if (!record) return { markets, market: null, batches: [], next: null, madeAt }
  const { batches, next } = await listBatches(db, {
    ...{ marketId: record.id, limit: PAGE },
    traded: traded || undefined,
    before: before === null ? undefined : BigInt(before),
  })
  return {
    markets,
    market: markets.find((one) => one.id === record.id) ?? null,
    batches: batches.map((batch) => toBatchView(batch, record, now)),
    next: next === null ? null : Number(next),
    madeAt,
  }
}

/** One used batch, for those who check it; null where there is none. */
export async function readBatchAudit(id: Hex, batchId: number, db: Database): Promise<BatchAuditData | null> {
  const { now } = await readHead(db)
  const [record, batch] = await Promise.all([findMarket(db, id), findBatch(db, id, BigInt(batchId))])
  if (!record || !batch) return null
  const [market] = await toMarketSummaries(db, [record], now)
  return market ? { market, batch: toBatchView(batch, record, now), madeAt: Number(now) } : null
}
