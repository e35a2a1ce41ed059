import { endOfBatch } from '../_data/batches'
import { formatSize } from '../_format/quotation'
import { formatTime } from '../_format/time'
import type { DescribedMarket } from './describeOrder'
import type { DropReason, OrderFate } from './orderFate'
import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import { stays } from './orderTerms'
import { filledLots, type OwnOrder } from './ownOrders'

export type FateWords = { name: string; text: string; tone: 'plain' | 'open' | 'yours' | 'warn' }

/** Why an order was dropped for good, as a person reads it. PROTOCOL.md section 11. */
const REASONS: Record<DropReason, string> = {
  'fill-or-kill': 'Its batch could not fill all of it, so nothing of it traded.',
  'self-trade': 'It crossed an earlier order of your own: nobody trades with himself, so the later one is dropped.',
}

/** An order's state in a word and a sentence. `terms` null where it has not been opened here. */
export function fateInWords(
  fate: OrderFate,
  order: OwnOrder,
  terms: OrderTerms | null,
  market: DescribedMarket,
): FateWords {
  const filled = filledLots(order)
  const got = filled > 0 ? `${formatSize(filled, market)} of it traded. ` : ''
  const final = order.fills.every((fill) => fill.final)
  switch (fate.at) {
    case 'sealed':
      return {
        name: 'Sealed',
        tone: 'yours',
        text: `In batch ${order.batchId}, which is settled after ${formatTime(endOfBatch(market, order.batchId))}. Sealed and counted: nobody can see what it says.`,
      }
    case 'resting':
      return {
        name: filled > 0 ? 'Partly filled' : 'Resting',
        tone: 'open',
        text: `${got}${restsUntil(terms, market)}`,
      }
    case 'unread':
      return {
        name: filled > 0 ? 'Traded' : 'In the book',
        tone: 'plain',
        text: `${got}Open your orders to see what is left of it.`,
      }
    case 'filled':
      return {
        name: 'Filled',
        tone: 'open',
        text: final
          ? 'All of it traded, for good.'
          : 'All of it traded. The last of it can be challenged until its batch is final.',
      }
    case 'cancelling':
      return {
        name: 'Cancelled',
        tone: 'warn',
        text: `${got}It does not trade from batch ${fate.lastBatch + 1} on. Batches up to ${fate.lastBatch} are not all settled yet and may still fill it.`,
      }
    case 'cancelled':
      return {
        name: 'Cancelled',
        tone: 'plain',
        text: `${got}You cancelled ${filled > 0 ? 'the rest' : 'it'} before it traded.`,
      }
    case 'expired':
      return {
        name: filled > 0 ? 'Partly filled' : 'Expired',
        tone: 'plain',
        text: `${got}${expiredWhy(order, terms, filled > 0)}`,
      }
    case 'dropped':
      return { name: 'Dropped', tone: 'warn', text: `${got}${REASONS[fate.reason]}` }
  }
}

function restsUntil(terms: OrderTerms | null, market: DescribedMarket): string {
  if (!terms || terms.expiryBatch === 0) return 'The rest takes part in every batch until you cancel it.'
  return `The rest takes part until batch ${terms.expiryBatch}, which ends ${formatTime(endOfBatch(market, terms.expiryBatch))}.`
}

function expiredWhy({ inVoidBatch }: OwnOrder, terms: OrderTerms | null, filled: boolean): string {
  if (terms && stays(terms))
    return `${filled ? 'The rest' : 'It'} lasted until batch ${terms.expiryBatch}, which is over.`
  if (inVoidBatch) return 'Nobody settled its batch in time: nothing traded there, and it was for that batch alone.'
  return filled ? 'The rest was for that batch alone.' : 'It was for its batch alone, which cleared without it.'
}
