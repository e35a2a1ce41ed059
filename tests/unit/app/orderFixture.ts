import type { MarketView } from '../../../app/_orders/marketView'
import type { OrderTerms } from '../../../lib/protocol/book/judgeOrder'
import type { OrderFill, OwnOrder } from '../../../app/_orders/ownOrders'

/** A hash that is one digit, repeated. */
export const hash = (digit: string) => `0x${digit.repeat(64)}` as const

/** A tenth of a token a lot, prices in steps of ten cents, batches of 30 s from second 1,000 on, a fee of 0.1 %. */
export const market: MarketView = {
  id: hash('a'),
  base: { symbol: 'GRAIN', decimals: 6 },
  quote: { symbol: 'DUSD', decimals: 6 },
  baseToken: '0x00000000000000000000000000000000000000b1',
  quoteToken: '0x00000000000000000000000000000000000000b2',
  tickSize: 10_000n,
  lotSize: 100_000n,
  feeBps: 10,
  bandBps: 500,
  batchLength: 30,
  batchSettleBy: 600,
  challengeWindow: 60,
  operator: '0x00000000000000000000000000000000000000b3',
  minLots: 1,
  maxOrderAge: 100_000,
  startsAt: 1_000,
  lastPrice: 1_000,
  fromBlock: 5,
}

/** A buy of ten lots at 1,000 ticks that stays until it is cancelled. */
export const buy: OrderTerms = { price: 1_000, quantity: 10, flags: 4, minFill: 0, expiryBatch: 0 }
export const sell: OrderTerms = { ...buy, flags: 5 }

/** An order that came into batch 3. */
export function order(change: Partial<OwnOrder> = {}): OwnOrder {
  const sealed = { keyId: hash('c'), x: 1n, y: 2n, sealed: '0x', transactionHash: hash('d') } as const
  return {
    leaf: hash('1'),
    batchId: 3,
    seq: 0,
    ...sealed,
    block: 9n,
    cancelledIn: null,
    fills: [],
    inVoidBatch: false,
    ...change,
  }
}

export function fill(batchId: number, lots: number, change: Partial<OrderFill> = {}): OrderFill {
  return { batchId, lots, price: 990, sell: false, final: true, ...change }
}
