import { batchAt, batchEnd, batchStart } from '../../../../lib/chain/book/clock'
import type { CandleRecord } from '../../../../lib/db/book/candles'
import {
  readMarketIntegrity,
  readMarketQueue,
  readTraded,
  type MarketRecord,
  type TradedRecord,
} from '../../../../lib/db/book/markets'
import type { Queryable } from '../../../../lib/db/client'
import { bandAround, bandWidth } from '../../../../lib/protocol/clearing/band'
import type { Candle, MarketDetail, MarketSummary, Token } from '../_schemas/market'
import { toAddress, toHash, toOrigin } from './hex'

const DAY = 86_400n
const INTEGRITY = { UNVERIFIED: 'unverified', MISMATCH: 'mismatch' } as const

export function toToken({ address, ...facts }: MarketRecord['base']): Token {
  return { address: toAddress(address), ...facts }
}

/** Markets as lists show them. @param now Chain time that the clock is read by. */
export async function toMarketSummaries(
  tx: Queryable,
  markets: readonly MarketRecord[],
  now: bigint,
): Promise<MarketSummary[]> {
  const ids = markets.map(({ id }) => id)
  const day = await readTraded(tx, ids, now > DAY ? now - DAY : 0n)
  const integrity = await readMarketIntegrity(tx, ids)
  return markets.map((market): MarketSummary => {
    const doubt = integrity.get(market.id)
    const batchId = batchAt(market, now)
    return {
      id: toHash(market.id),
      creator: toAddress(market.creator),
      base: toToken(market.base),
      quote: toToken(market.quote),
      params: {
        tickSize: market.tickSize.toString(),
        lotSize: market.lotSize.toString(),
        batchLength: Number(market.batchLength),
        feeBps: market.feeBps,
        bandBps: market.bandBps,
        batchSettleBy: Number(market.batchSettleBy),
        challengeWindow: Number(market.challengeWindow),
        operator: toAddress(market.operator),
        minLots: market.minLots,
        maxOrderAge: market.maxOrderAge,
      },
      startsAt: Number(market.startsAt),
      lastPrice: market.hasTraded ? market.lastPrice : null,
      day: toTraded(day.get(market.id) ?? { lots: 0n, paid: 0n, batches: 0 }),
      all: toTraded(market.traded),
      current: {
        batchId: Number(batchId),
        startsAt: Number(batchStart(market, batchId)),
        endsAt: Number(batchEnd(market, batchId)),
      },
      counts: market.counts,
      integrity: doubt ? INTEGRITY[doubt] : 'verified',
      created: toOrigin(market.created),
    }
  })
}

/** A market with everything that waits in it. */
export async function toMarketDetail(tx: Queryable, market: MarketRecord, now: bigint): Promise<MarketDetail> {
  const [summary] = await toMarketSummaries(tx, [market], now)
  if (!summary) throw new Error('one market gives one summary')
  const queue = await readMarketQueue(tx, market, now)
  const orNull = (batchId: bigint | null) => (batchId === null ? null : Number(batchId))
  return {
    ...summary,
    nonce: market.nonce.toString(),
    batch: {
      ...summary.current,
      keyId: queue.open && queue.open.orders > 0 ? toHash(queue.open.keyId) : null,
      orders: queue.open?.orders ?? 0,
      cancellations: queue.open?.cancellations ?? 0,
      settleBy: Number(batchEnd(market, queue.batchId) + market.batchSettleBy),
    },
    band: market.hasTraded ? bandAround(market.lastPrice, bandWidth(market.lastPrice, market.bandBps)) : null,
    round: market.strikes + 1,
    toSettle: orNull(queue.toSettle),
    toFinalize: orNull(queue.toFinalize),
    feesEarned: market.fees.toString(),
  }
}

export function toCandle({ time, lots, paid, ...candle }: CandleRecord): Candle {
  return { ...candle, time: Number(time), lots: lots.toString(), paid: paid.toString() }
}

function toTraded({ lots, paid, batches }: TradedRecord) {
  return { lots: lots.toString(), paid: paid.toString(), batches }
}
