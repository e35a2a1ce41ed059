import { GET as getMarketAccount } from '../../../app/api/v1/markets/[id]/accounts/[address]/route'
import { GET as getCarried } from '../../../app/api/v1/markets/[id]/batches/[batchId]/carried/route'
import { GET as getBatch } from '../../../app/api/v1/markets/[id]/batches/[batchId]/route'
import { GET as listBatches } from '../../../app/api/v1/markets/[id]/batches/route'
import { GET as getCandles } from '../../../app/api/v1/markets/[id]/candles/route'
import { GET as listOrders } from '../../../app/api/v1/markets/[id]/orders/route'
import { GET as getMarket } from '../../../app/api/v1/markets/[id]/route'
import { GET as listTrades } from '../../../app/api/v1/markets/[id]/trades/route'
import { GET as listMarkets } from '../../../app/api/v1/markets/route'
import {
  batchListResponseSchema,
  batchResponseSchema,
  orderListResponseSchema,
  tradesResponseSchema,
} from '../../../app/api/v1/_schemas/batch'
import {
  candlesResponseSchema,
  marketListResponseSchema,
  marketResponseSchema,
} from '../../../app/api/v1/_schemas/market'
import { marketAccountResponseSchema } from '../../../app/api/v1/_schemas/marketAccount'
import { localAccount } from '../../../lib/dev/accounts'
import { at, read, url } from './requests'

/** The address of one of the local chain's accounts. */
export const address = (account: number) => localAccount(account).address

/** Asks the API's own handlers about one market, each answer checked against its schema. */
export function marketRequests(id: string) {
  return {
    market: async (of = id) => (await read(marketResponseSchema, getMarket(url('x'), at({ id: of })))).market,
    markets: (query = '') => read(marketListResponseSchema, listMarkets(url(`markets?${query}`))),
    batches: (query = '') => read(batchListResponseSchema, listBatches(url(`x?${query}`), at({ id }))),
    batch: (batchId: number, query = '') =>
      read(batchResponseSchema, getBatch(url(`x?${query}`), at({ id, batchId: String(batchId) }))),
    carried: (batchId: number) => getCarried(url('x'), at({ id, batchId: String(batchId) })),
    trades: (query = '') => read(tradesResponseSchema, listTrades(url(`x?${query}`), at({ id }))),
    orders: (query = '') => read(orderListResponseSchema, listOrders(url(`x?${query}`), at({ id }))),
    candles: (query = '') => read(candlesResponseSchema, getCandles(url(`x?${query}`), at({ id }))),
    trader: (account: number, query = '') =>
      read(marketAccountResponseSchema, getMarketAccount(url(`x?${query}`), at({ id, address: address(account) }))),
  }
}
