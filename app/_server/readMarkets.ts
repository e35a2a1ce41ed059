import type { Hex } from 'viem'
import { listBatches } from '../../lib/db/book/batches'
import { listTrades } from '../../lib/db/book/fills'
import { findMarket, listMarkets } from '../../lib/db/book/markets'
import type { Database } from '../../lib/db/client'
import { toBatchView, toFillView } from '../api/v1/_lib/batchView'
import { toMarketDetail, toMarketSummaries } from '../api/v1/_lib/marketView'
import type { Batch, FillView } from '../api/v1/_schemas/batch'
import type { MarketDetail, MarketSummary } from '../api/v1/_schemas/market'
import type { TradedBatch } from '../book/[id]/chart'
import { readHead } from './readHead'

/** `madeAt`: the newest block's time that the index knew of, Unix seconds. */
export type MarketsData = { markets: MarketSummary[]; madeAt: number }

/** `traded`: batches for the chart, oldest first; the other lists are newest first. */
export type MarketPageData = {
  market: MarketDetail
  batches: Batch[]
  traded: TradedBatch[]
  trades: FillView[]
  simulated: boolean
  madeAt: number
}

const MARKETS_SHOWN = 100
const BATCHES_SHOWN = 12
const BATCHES_DRAWN = 60
const TRADES_SHOWN = 20

/** The markets, those first in which most batches traded. */
export async function readMarkets(db: Database): Promise<MarketsData> {
  const { now } = await readHead(db)
  const { markets } = await listMarkets(db, { sort: 'active', limit: MARKETS_SHOWN })
  return { markets: await toMarketSummaries(db, markets, now), madeAt: Number(now) }
}

/** All that a market's page shows to everyone. @returns null where the index has no such market. */
export async function readMarketPage(id: Hex, db: Database): Promise<MarketPageData | null> {
  const { now, simulated } = await readHead(db)
  const record = await findMarket(db, id)
  if (!record) return null
  const marketId = record.id
  const [market, newest, traded, { trades }] = await Promise.all([
    toMarketDetail(db, record, now),
    listBatches(db, { marketId, limit: BATCHES_SHOWN }),
    listBatches(db, { marketId, traded: true, limit: BATCHES_DRAWN }),
    listTrades(db, { marketId, limit: TRADES_SHOWN }),
  ])
  return {
    market,
    batches: newest.batches.map((batch) => toBatchView(batch, record, now)),
    traded: traded.batches.toReversed().flatMap(({ batchId, settlement, finalized }) =>
      settlement
        ? [
            {
              batchId: Number(batchId),
              price: settlement.price,
              volume: Number(settlement.lots),
              final: finalized !== null,
            },
          ]
        : [],
    ),
    trades: trades.map(toFillView),
    simulated,
    madeAt: Number(now),
  }
}
