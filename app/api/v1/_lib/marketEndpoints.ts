import {
  batchListResponseSchema,
  batchResponseSchema,
  carriedResponseSchema,
  orderListResponseSchema,
  tradesResponseSchema,
} from '../_schemas/batch'
import { candlesResponseSchema, marketListResponseSchema, marketResponseSchema } from '../_schemas/market'
import { marketAccountResponseSchema } from '../_schemas/marketAccount'
import {
  batchListQuerySchema,
  batchPathSchema,
  batchQuerySchema,
  candlesQuerySchema,
  marketAccountPathSchema,
  marketAccountQuerySchema,
  marketListQuerySchema,
  marketPathSchema,
  orderListQuerySchema,
  tradesQuerySchema,
} from '../_schemas/marketQuery'
import { emptyQuerySchema } from '../_schemas/query'
import { endpoint } from './endpoint'

const none = emptyQuerySchema
const found = ['NOT_FOUND', 'INDEX_NOT_READY'] as const

export const marketListEndpoint = endpoint({
  path: '/markets',
  operationId: 'listMarkets',
  summary: 'Markets of the hidden order book',
  description: 'Filters add up. A cursor belongs to the sort it was given for.',
  tag: 'Markets',
  pathParams: none,
  query: marketListQuerySchema,
  response: marketListResponseSchema,
  errors: ['INDEX_NOT_READY'],
})

export const marketEndpoint = endpoint({
  path: '/markets/{id}',
  operationId: 'getMarket',
  summary: 'One market',
  description:
    'Terms, tokens, last price, the open batch by chain time, the band of the next batch, what waits to be settled, and whether everybody may leave at once (protocol, section 11). There is no depth: orders are sealed.',
  tag: 'Markets',
  pathParams: marketPathSchema,
  query: none,
  response: marketResponseSchema,
  errors: found,
})

export const batchListEndpoint = endpoint({
  path: '/markets/{id}/batches',
  operationId: 'listBatches',
  summary: 'A market’s batches, newest first',
  description: 'Those that somebody used. Each cleared at one price, or not at all.',
  tag: 'Markets',
  pathParams: marketPathSchema,
  query: batchListQuerySchema,
  response: batchListResponseSchema,
  errors: found,
})

export const batchEndpoint = endpoint({
  path: '/markets/{id}/batches/{batchId}',
  operationId: 'getBatch',
  summary: 'One batch',
  description:
    'Its settlement with all fills, settlements that were taken back, and its orders and cancellations by seq, sealed blobs included: folding the leaves of every page gives the batch’s accumulator (protocol, section 11). A batch that nobody used is not found.',
  tag: 'Markets',
  pathParams: batchPathSchema,
  query: batchQuerySchema,
  response: batchResponseSchema,
  errors: found,
})

export const carriedEndpoint = endpoint({
  path: '/markets/{id}/batches/{batchId}/carried',
  operationId: 'getCarriedOrders',
  summary: 'What became of every order of a batch',
  description:
    'The list that the batch’s settlement commits to, as its enclave published it (protocol, section 11): each order that came into the batch, by its leaf, resting or new, by batch and seq of its placing; one that ended earlier is not in it. Whole, so that it can be held against `carriedHash`: keccak256 of abi.encode((bytes32 leaf, uint32 filled, uint8 disposition)[]). LIST_NOT_HERE while the batch is not settled, or its enclave has not served the list yet. The enclave shows it to everybody; it has no price, size or side of a sealed order.',
  tag: 'Markets',
  pathParams: batchPathSchema,
  query: none,
  response: carriedResponseSchema,
  errors: ['NOT_FOUND', 'LIST_NOT_HERE', 'INDEX_NOT_READY'],
})

export const candlesEndpoint = endpoint({
  path: '/markets/{id}/candles',
  operationId: 'listCandles',
  summary: 'Prices and volumes of past batches',
  description: 'The newest spans in which something traded, of batches whose settlement stands.',
  tag: 'Markets',
  pathParams: marketPathSchema,
  query: candlesQuerySchema,
  response: candlesResponseSchema,
  errors: found,
})

export const tradesEndpoint = endpoint({
  path: '/markets/{id}/trades',
  operationId: 'listTrades',
  summary: 'What orders got, newest batch first',
  description: 'Each side of a trade is a line of its own: a batch has no pairs, only one price.',
  tag: 'Markets',
  pathParams: marketPathSchema,
  query: tradesQuerySchema,
  response: tradesResponseSchema,
  errors: found,
})

export const orderListEndpoint = endpoint({
  path: '/markets/{id}/orders',
  operationId: 'listOrders',
  summary: 'Orders, newest first',
  description:
    'What is public of them, the sealed blob included, with what every batch gave them. What they ask for only their trader and the enclave can read.',
  tag: 'Markets',
  pathParams: marketPathSchema,
  query: orderListQuerySchema,
  response: orderListResponseSchema,
  errors: found,
})

export const marketAccountEndpoint = endpoint({
  path: '/markets/{id}/accounts/{address}',
  operationId: 'getMarketAccount',
  summary: 'One trader in one market',
  description:
    'Margin, final and with the batches that are not final yet, withdrawals, and activity. An account that nobody has heard of has zeros: that is an answer, not an error.',
  tag: 'Markets',
  pathParams: marketAccountPathSchema,
  query: marketAccountQuerySchema,
  response: marketAccountResponseSchema,
  errors: found,
})

/** In the document's order. */
export const MARKET_ENDPOINTS = [
  marketListEndpoint,
  marketEndpoint,
  batchListEndpoint,
  batchEndpoint,
  carriedEndpoint,
  candlesEndpoint,
  tradesEndpoint,
  orderListEndpoint,
  marketAccountEndpoint,
] as const
