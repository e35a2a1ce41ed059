import { accountResponseSchema } from '../_schemas/account'
import { auctionListResponseSchema, auctionResponseSchema } from '../_schemas/auction'
import { bidListResponseSchema } from '../_schemas/bid'
import { enclaveEvidenceResponseSchema, enclaveListResponseSchema } from '../_schemas/enclave'
import {
  accountPathSchema,
  accountQuerySchema,
  auctionListQuerySchema,
  auctionPathSchema,
  bundlePathSchema,
  bidListQuerySchema,
  emptyQuerySchema,
  enclavePathSchema,
  pollQuerySchema,
  settlementExportQuerySchema,
  settlementListQuerySchema,
  settlementQuerySchema,
  streamQuerySchema,
} from '../_schemas/query'
import {
  bundleFileSchema,
  settlementExportSchema,
  settlementListResponseSchema,
  settlementResponseSchema,
} from '../_schemas/settlement'
import { statsResponseSchema } from '../_schemas/stats'
import { statusResponseSchema } from '../_schemas/status'
import { pollResponseSchema, streamEventSchema } from '../_schemas/stream'
import { endpoint } from './endpoint'
import { MARKET_ENDPOINTS } from './marketEndpoints'

const none = emptyQuerySchema
const indexed = ['INDEX_NOT_READY'] as const
const found = ['NOT_FOUND', 'INDEX_NOT_READY'] as const

export const auctionListEndpoint = endpoint({
  path: '/auctions',
  operationId: 'listAuctions',
  summary: 'Auctions, page by page',
  description: 'Filters add up. A cursor belongs to the sort it was given for; filters may change between pages.',
  tag: 'Auctions',
  pathParams: none,
  query: auctionListQuerySchema,
  response: auctionListResponseSchema,
  errors: indexed,
})

export const auctionEndpoint = endpoint({
  path: '/auctions/{id}',
  operationId: 'getAuction',
  summary: 'One auction',
  description: 'Terms, phase, counts, settlement, winners, openings and payouts.',
  tag: 'Auctions',
  pathParams: auctionPathSchema,
  query: none,
  response: auctionResponseSchema,
  errors: found,
})

export const bidListEndpoint = endpoint({
  path: '/auctions/{id}/bids',
  operationId: 'listBids',
  summary: 'An auction’s bids and cancellations',
  description:
    'All that is public about them, sealed blobs included, by seq: folding the leaves of every page gives the auction’s accumulator (protocol, section 5).',
  tag: 'Auctions',
  pathParams: auctionPathSchema,
  query: bidListQuerySchema,
  response: bidListResponseSchema,
  errors: found,
})

export const settlementListEndpoint = endpoint({
  path: '/settlements',
  operationId: 'listSettlements',
  summary: 'Settlements, newest first',
  description: 'Every settlement on the chain, those of earlier rounds included.',
  tag: 'Settlements',
  pathParams: none,
  query: settlementListQuerySchema,
  response: settlementListResponseSchema,
  errors: indexed,
})

export const settlementEndpoint = endpoint({
  path: '/settlements/{id}',
  operationId: 'getSettlement',
  summary: 'The settlement of one auction',
  description: 'That of the newest round, or of the round asked for, with its winners and public openings.',
  tag: 'Settlements',
  pathParams: auctionPathSchema,
  query: settlementQuerySchema,
  response: settlementResponseSchema,
  errors: found,
})

export const settlementExportEndpoint = endpoint({
  path: '/settlements/export',
  operationId: 'exportSettlements',
  summary: 'All settlements as a file',
  description:
    'Everything that the filters leave, newest first, as it is written: a settlement that comes meanwhile is not in it. Each row names its block’s hash, so that it can be held against the chain. In CSV, a cell that a spreadsheet might run as a formula begins with an apostrophe.',
  tag: 'Settlements',
  pathParams: none,
  query: settlementExportQuerySchema,
  response: settlementExportSchema,
  errors: indexed,
  files: ['text/csv', 'application/json'],
})

export const bundleEndpoint = endpoint({
  path: '/bundles/{proofHash}',
  operationId: 'getBundle',
  summary: 'A settlement’s proofs',
  description:
    'The bytes whose keccak256 the settlement names as `proofHash` (protocol, section 8). Only for settlements that are on the chain. `subrosa verify auction` takes this address with `--bundle`.',
  tag: 'Settlements',
  pathParams: bundlePathSchema,
  query: none,
  response: bundleFileSchema,
  errors: ['NOT_FOUND'],
  files: ['application/octet-stream'],
})

export const accountEndpoint = endpoint({
  path: '/accounts/{address}',
  operationId: 'getAccount',
  summary: 'One account',
  description:
    'Balances, locks with the time they end, bids, wins, own auctions, payouts, money in the order book and activity. An account that nobody has heard of has none of these: that is an empty answer, not an error.',
  tag: 'Accounts',
  pathParams: accountPathSchema,
  query: accountQuerySchema,
  response: accountResponseSchema,
  errors: indexed,
})

export const enclaveListEndpoint = endpoint({
  path: '/enclaves',
  operationId: 'listEnclaves',
  summary: 'Enclaves and their sealing keys',
  description: 'Every key that the registry ever admitted, the newest epoch first, with the signers that hold it.',
  tag: 'Network',
  pathParams: none,
  query: none,
  response: enclaveListResponseSchema,
  errors: indexed,
})

export const enclaveEvidenceEndpoint = endpoint({
  path: '/enclaves/{keyId}/evidence',
  operationId: 'getEnclaveEvidence',
  summary: 'What a key’s enclaves give for their evidence',
  description:
    'Quote, event log and collateral as each enclave serves them, a minute old at most. Nothing in it is checked here: verify it against the chain (protocol, section 10), as `subrosa attest verify` does.',
  tag: 'Network',
  pathParams: enclavePathSchema,
  query: none,
  response: enclaveEvidenceResponseSchema,
  errors: ['NOT_FOUND'],
})

export const statsEndpoint = endpoint({
  path: '/stats',
  operationId: 'getStats',
  summary: 'Counts and volumes',
  description: 'Of the last 24 hours, the last 7 days and of all time, by chain time; and who settled.',
  tag: 'Network',
  pathParams: none,
  query: none,
  response: statsResponseSchema,
  errors: indexed,
})

export const statusEndpoint = endpoint({
  path: '/status',
  operationId: 'getStatus',
  summary: 'Chain, contracts and the state of the index',
  description: 'What a client must know before anything else, with totals over all auctions and markets.',
  tag: 'Network',
  pathParams: none,
  query: none,
  response: statusResponseSchema,
  errors: indexed,
})

export const streamEndpoint = endpoint({
  path: '/stream',
  operationId: 'stream',
  summary: 'Live updates as server-sent events',
  description:
    'Each message is one change, with the JSON described here as its data and an id to go on from: send it back as the header Last-Event-ID (browsers do) or as lastEventId. Without one, the stream begins now. A message of type `reset` says that what came after the id is not known any more. A comment comes every 15 s. With `Accept: application/json` this is /stream/poll.',
  tag: 'Live updates',
  pathParams: none,
  query: streamQuerySchema,
  response: streamEventSchema,
  errors: ['TOO_MANY_STREAMS'],
  streams: true,
})

export const pollEndpoint = endpoint({
  path: '/stream/poll',
  operationId: 'pollStream',
  summary: 'Live updates as JSON',
  description: 'The same events, for clients that cannot keep a connection. Without `after`, it tells where now is.',
  tag: 'Live updates',
  pathParams: none,
  query: pollQuerySchema,
  response: pollResponseSchema,
  errors: [],
})

/** All of them, in the document's order. */
export const ENDPOINTS = [
  auctionListEndpoint,
  auctionEndpoint,
  bidListEndpoint,
  settlementListEndpoint,
  settlementExportEndpoint,
  settlementEndpoint,
  bundleEndpoint,
  ...MARKET_ENDPOINTS,
  accountEndpoint,
  enclaveListEndpoint,
  enclaveEvidenceEndpoint,
  statsEndpoint,
  statusEndpoint,
  streamEndpoint,
  pollEndpoint,
] as const
