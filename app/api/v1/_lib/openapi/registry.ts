import { z } from 'zod'
import {
  accountBidSchema,
  accountBookSchema,
  accountMarketSchema,
  accountResponseSchema,
  activitySchema,
  balanceSchema,
  bookBalanceSchema,
  claimSchema,
  lockSchema,
} from '../../_schemas/account'
import {
  auctionDetailSchema,
  auctionListResponseSchema,
  auctionParamsSchema,
  auctionResponseSchema,
  auctionSummarySchema,
  openingSchema,
  proofSchema,
  settlementSchema,
  winnerSchema,
} from '../../_schemas/auction'
import { bidListResponseSchema, bidSchema, cancellationSchema } from '../../_schemas/bid'
import { indexSchema, originSchema } from '../../_schemas/common'
import {
  enclaveEvidenceResponseSchema,
  enclaveEvidenceSchema,
  enclaveKeySchema,
  enclaveListResponseSchema,
  enclaveSignerSchema,
  servedEvidenceSchema,
} from '../../_schemas/enclave'
import { apiErrorSchema } from '../../_schemas/apiError'
import {
  settlementDetailSchema,
  settlementEntrySchema,
  settlementExportSchema,
  settlementListResponseSchema,
  settlementResponseSchema,
} from '../../_schemas/settlement'
import {
  bookStatsSchema,
  enclaveStatsSchema,
  marketVolumeSchema,
  statsResponseSchema,
  statsWindowSchema,
  volumeSchema,
} from '../../_schemas/stats'
import { MARKET_SHAPES } from './marketShapes'
import { statusResponseSchema } from '../../_schemas/status'
import { pollResponseSchema, streamEventSchema } from '../../_schemas/stream'

/** The shapes that the document gives a name, in its order, each with a sentence. */
const NAMED: readonly [z.ZodType, string, string][] = [
  ...MARKET_SHAPES,
  [auctionListResponseSchema, 'AuctionList', 'A page of auctions.'],
  [auctionResponseSchema, 'AuctionAnswer', 'One auction.'],
  [auctionSummarySchema, 'Auction', 'An auction as lists show it.'],
  [auctionDetailSchema, 'AuctionDetail', 'An auction with everything that is public about it.'],
  [
    auctionParamsSchema,
    'AuctionParams',
    'The terms as created: `reserve` in ticks, `collateral` and `tickSize` in base units of `paymentToken`.',
  ],
  [winnerSchema, 'Winner', '`payment` in base units. `claimed`: credited. `lotClaimed`: the lot was sent.'],
  [openingSchema, 'Opening', 'A bid that the settlement made public.'],
  [
    settlementSchema,
    'Settlement',
    '`clearingPrice` in ticks, null: no sale. `marginalSeq` null: supply did not run out.',
  ],
  [bidListResponseSchema, 'BidList', 'A page of an auction’s bids and cancellations, by seq.'],
  [bidSchema, 'Bid', 'The public part of a bid. Only the enclave and its bidder can open the blob.'],
  [cancellationSchema, 'Cancellation', 'A bid taken back.'],
  [settlementListResponseSchema, 'SettlementList', 'A page of settlements, newest first.'],
  [settlementResponseSchema, 'SettlementAnswer', 'One settlement.'],
  [
    settlementEntrySchema,
    'SettlementEntry',
    'A settlement with what it settled; `paid` is what winners pay, in base units.',
  ],
  [settlementExportSchema, 'SettlementExport', 'Every settlement that the filters leave.'],
  [proofSchema, 'Proof', 'Whether the proofs of a settlement are here. That they hold, only checking them shows.'],
  [settlementDetailSchema, 'SettlementDetail', 'A settlement with winners and public openings.'],
  [
    accountResponseSchema,
    'Account',
    'Lists hold at most `limit`; counts and balances are of everything; `nextCursor` continues `activity`.',
  ],
  [accountBidSchema, 'AccountBid', 'A bid together with its auction.'],
  [balanceSchema, 'Balance', 'Base units: free in the vault, locked by live bids, and claimable now.'],
  [lockSchema, 'Lock', 'Collateral of a live bid. `unlocksAt` is certain where `exact`, else the latest it can be.'],
  [claimSchema, 'Claim', 'What was paid out.'],
  [accountBookSchema, 'AccountBook', 'What an account has in the order book.'],
  [accountMarketSchema, 'AccountMarket', 'An account’s money in one market.'],
  [bookBalanceSchema, 'BookBalance', 'Base units in the book’s vault, outside every market.'],
  [
    activitySchema,
    'Activity',
    'One contract event; `amount` in base units of `token`, `base` and `quote` of a market’s two.',
  ],
  [enclaveListResponseSchema, 'EnclaveList', 'Every sealing key that the registry ever admitted.'],
  [enclaveKeySchema, 'EnclaveKey', 'A sealing key. Times in Unix seconds.'],
  [enclaveSignerSchema, 'EnclaveSigner', 'A signer admitted for a key. `simulated`: as its verifier contract says.'],
  [enclaveEvidenceResponseSchema, 'EnclaveEvidenceList', 'What each of a key’s enclaves gives for its evidence.'],
  [
    enclaveEvidenceSchema,
    'EnclaveEvidence',
    '`url`: where the signer says that it is reached. `evidence` null where it gave none.',
  ],
  [servedEvidenceSchema, 'ServedEvidence', 'The enclave’s own quote, its event log and the collateral: unchecked.'],
  [statsResponseSchema, 'Stats', 'Counts and volumes over three spans of chain time.'],
  [statsWindowSchema, 'StatsWindow', 'What happened from `since` on.'],
  [volumeSchema, 'Volume', 'What winners paid in one token, in base units.'],
  [bookStatsSchema, 'BookStats', 'The order book’s part of it.'],
  [marketVolumeSchema, 'MarketVolume', 'What was traded in markets quoted in one token, in base units.'],
  [enclaveStatsSchema, 'EnclaveStats', 'A signer of settlements.'],
  [statusResponseSchema, 'Status', 'Chain, contracts, totals.'],
  [streamEventSchema, 'StreamEvent', 'One change. `Rollback`: every block above `blockNumber` was taken back.'],
  [
    pollResponseSchema,
    'Poll',
    '`reset`: read everything again. `more`: ask again at once, with `lastEventId` as `after`.',
  ],
  [originSchema, 'Origin', 'Where on the chain something happened.'],
  [
    indexSchema,
    'Index',
    'How fresh the answer is: it is the state after block `blockNumber`. `head` is the chain’s newest block when the indexer last looked, `ageSeconds` ago (in steps of 15). `stale`: it has stopped, or is more than a minute behind.',
  ],
  [apiErrorSchema, 'Error', 'What went wrong: a code, a message, and each parameter at fault with its rule.'],
]

const registry = z.registry<{ id: string; description: string }>()
for (const [schema, id, description] of NAMED) registry.add(schema, { id, description })

/** The name of a schema in the document. @throws Error for one without: it is missing above. */
export function nameOf(schema: z.ZodType): string {
  const name = registry.get(schema)?.id
  if (name === undefined) throw new Error('a schema of the API has no name in the document')
  return name
}

/** Every named shape as JSON Schema, referring to each other. Fields may be added to answers, so none is closed. */
export function componentSchemas(): Record<string, unknown> {
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties
    },
  })
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _uri, ...schema }]) => [id, schema]),
  )
}
