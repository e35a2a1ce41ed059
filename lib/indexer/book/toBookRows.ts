import type { BookEvent, BookEventOf } from '../../chain/book/events'
import type { ContractDomain } from '../../chain/deployment'
import { batchKey, type BatchTip, type BookTips, type MarketTip } from '../../db/book/tips'
import { noRows, type EventRows } from '../../db/insertRows'
import { toDecimal } from '../../db/numbers'
import { IndexGapError } from '../errors'
import { addBookLeaf } from './addBookLeaf'
import { addSettlement, finalize } from './addSettlement'
import { placeOf } from './placeOf'
import { toBookEventRow } from './toBookEventRow'
import { tipOfParams, toMarketRow, type TokenFacts } from './toMarketRow'

/** What is known while a block's events are turned into rows. `tips` changes with every event. */
export type BookFold = { domain: ContractDomain; tips: BookTips; rows: EventRows; time: bigint; mismatches: string[] }

/**
 * Turns one block's events of the order book into rows, and recomputes the batches' accumulators of PROTOCOL.md section
 * 11 on the way.
 *
 * @param events Of one block, in order.
 * @param tips As `wantedTips` asks for them. Left untouched.
 * @param block.time Unix seconds.
 * @param block.tokens What the tokens of new markets say of themselves, by address in lower case.
 * @returns The rows, and the batches (`market/batch`) whose settlement names other leaves than are indexed.
 * @throws IndexGapError where a leaf does not follow the last one, or a market, batch or order is unknown.
 */
export function toBookRows(
  domain: ContractDomain,
  events: readonly BookEvent[],
  tips: BookTips,
  { time, tokens }: { time: bigint; tokens: ReadonlyMap<string, TokenFacts> },
): { rows: EventRows; mismatches: string[] } {
  const { markets, batches, orders, fills } = tips
  const copy = {
    markets: new Map(markets),
    batches: new Map(batches),
    orders: new Set(orders),
    fills: new Map(fills),
  }
  const fold: BookFold = { domain, tips: copy, rows: noRows(), time, mismatches: [] }
  for (const event of events) {
    if (event.type === 'MarketCreated') {
      fold.rows.markets.push(toMarketRow(event, tokens))
      copy.markets.set(event.id.toLowerCase(), tipOfParams(event))
    }
    const market = 'id' in event ? marketOf(fold, event) : null
    if (market) apply(fold, event, market)
    fold.rows.events.push(toBookEventRow(event, market))
  }
  return { rows: fold.rows, mismatches: fold.mismatches }
}

function apply(fold: BookFold, event: BookEvent, market: MarketTip): void {
  switch (event.type) {
    case 'OrderPlaced':
    case 'OrderCancelled':
    case 'AllCancelled':
      addBookLeaf(fold, event, market)
      return
    case 'BatchSettled':
      addSettlement(fold, event, market)
      return
    case 'BatchFinalized':
      finalize(fold, event, market)
      return
    case 'BatchVoided':
      addVoid(fold, event)
      return
    case 'BatchStruck': {
      addStrike(fold, event, market)
      return
    }
    case 'MarginDeposited': {
      const isBase = event.token.toLowerCase() === market.base
      const [base, quote] = isBase ? [event.amount, 0n] : [0n, event.amount]
      addMargin(fold, event, base, quote)
      return
    }
    case 'MarginWithdrawn':
      addMargin(fold, event, -event.base, -event.quote)
      return
  }
}

function addVoid(fold: BookFold, event: BookEventOf<'BatchVoided'>): void {
  batchOf(fold, event)
  const { id, batchId, blockNumber } = event
  fold.rows.batchEnds.push({ ...placeOf(event), blockNumber, marketId: id.toLowerCase(), batchId })
}

/** Deadlines move for the batches that have ended by then, if any do. PROTOCOL.md section 9. */
function addStrike(
  { rows, time }: BookFold,
  event: BookEventOf<'BatchStruck'>,
  { startsAt, batchLength }: MarketTip,
): void {
  const { id, batchId, strikes, signer, movedUntil } = event
  rows.strikes.push({
    ...{ ...placeOf(event), marketId: id.toLowerCase(), round: strikes, batchId, signer: signer.toLowerCase() },
    ...{ movedUntil, movedTo: movedUntil === 0n ? 0n : (time - startsAt) / batchLength },
  })
}

function addMargin(
  { rows }: BookFold,
  event: BookEventOf<'MarginDeposited' | 'MarginWithdrawn'>,
  base: bigint,
  quote: bigint,
): void {
  const { blockHash, logIndex } = event
  const [marketId, trader] = [event.id.toLowerCase(), event.trader.toLowerCase()]
  rows.marginChanges.push({
    ...{ blockHash, logIndex, part: 0, marketId, trader },
    ...{ base: toDecimal(base), quote: toDecimal(quote) },
  })
}

function marketOf({ tips }: BookFold, event: BookEvent & { id: string }): MarketTip {
  const id = event.id.toLowerCase()
  const tip = tips.markets.get(id)
  if (!tip) throw new IndexGapError(id, `${event.type} of market ${event.id}, which is not indexed`)
  return tip
}

/** @throws IndexGapError where no leaf of the batch is indexed. */
export function batchOf({ tips }: BookFold, event: { type: string; id: string; batchId: bigint }): BatchTip {
  const marketId = event.id.toLowerCase()
  const tip = tips.batches.get(batchKey({ marketId, batchId: event.batchId }))
  if (!tip) throw new IndexGapError(marketId, `${event.type} of batch ${event.batchId}, of which no leaf is indexed`)
  return tip
}
