import { endOfBatch } from '../_data/batches'
import { formatSize } from '../_format/quotation'
import { formatTime } from '../_format/time'
import type { DescribedMarket } from './describeOrder'
import type { DropReason, OrderFate } from './orderFate'
import type { OrderReason } from './orderReason'
import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import { stays } from './orderTerms'
import { filledLots, type OwnOrder } from './ownOrders'

export type FateWords = { name: string; text: string; tone: 'plain' | 'open' | 'yours' | 'warn' }

/** Why an order was dropped for good, as a person reads it. PROTOCOL.md section 11. */
const REASONS: Record<DropReason, string> = {
  killed: 'It was to be filled whole or not at all, and its batch did not fill it: nothing of it traded.',
  fillOrKill: 'It was to be filled whole or not at all, and its batch could not fill all of it: nothing of it traded.',
  uncovered: 'It was to be filled whole or not at all, and your margin did not cover all of it: nothing of it traded.',
  selfTrade: 'It crossed an earlier order of your own: nobody trades with himself, so the later one is dropped.',
  tooManyConditional:
    'A batch considers the 256 oldest orders with a minimum fill or fill or kill, and there were as many before it.',
  invalid: 'The enclave could not open it, or it breaks a rule for orders, so it took no part.',
  minFillEnded:
    'Its batch would have given it less than its minimum fill, so it was left out, and it was for that batch alone.',
  cutEnded: 'It got all that your margin covered. The rest was for that batch alone.',
  crowdedOutEnded:
    'A batch has a number of places, and orders with better prices took all of them. It was for that batch alone.',
  tooOld: 'Orders trade for a number of batches in this market, which the market’s terms name, and it had its own.',
}

/**
 * An order's state in a word and a sentence.
 *
 * @param terms null where it has not been opened here.
 * @param reason What its enclave's list says; null where no settlement has said anything of it.
 */
export function fateInWords(
  fate: OrderFate,
  order: OwnOrder,
  terms: OrderTerms | null,
  market: DescribedMarket,
  reason: OrderReason | null = null,
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
      return { ...restsWhy(order, reason), text: `${got}${whyHere(order, reason, market)}${restsUntil(terms, market)}` }
    case 'unread':
      return {
        name: filled > 0 ? 'Traded' : 'In the book',
        tone: 'plain',
        text: `${got}${whyHere(order, reason, market)}Open your orders to see what is left of it.`,
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
        text: `${got}${expiredWhy(order, terms, filled > 0)}${noList(reason)}`,
      }
    case 'dropped':
      return { name: 'Dropped', tone: 'warn', text: `${got}${REASONS[fate.reason]}${noList(reason)}` }
  }
}

/** What the enclave's newest list says of an order that rests, as a sentence with a space behind it; or nothing. */
function whyHere(order: OwnOrder, reason: OrderReason | null, market: DescribedMarket): string {
  if (!reason?.known) return noList(reason).replace(/^ (.+)$/, '$1 ')
  const { batchId, name } = reason
  const lots = lotsIn(order, batchId)
  if (name === 'minFillRests')
    return `Batch ${batchId} would have given it less than its minimum fill, so it was left out there. `
  if (name === 'crowdedOutRests')
    return `Batch ${batchId} had more orders than places, and those with better prices took them. `
  if (name === 'unopened')
    return `The enclave that settled batch ${batchId} does not hold the key that it is sealed to: it waits. `
  if (name === 'cutRests') {
    return lots > 0
      ? `In batch ${batchId} your margin covered only ${formatSize(lots, market)} of it, which traded. More margin lets the rest take part. `
      : `In batch ${batchId} your margin covered nothing of it, so it could not trade. More margin lets it take part. `
  }
  return lots > 0 ? '' : `Batch ${batchId} cleared without it. `
}

function restsWhy(order: OwnOrder, reason: OrderReason | null): Pick<FateWords, 'name' | 'tone'> {
  if (reason?.known) {
    if (reason.name === 'minFillRests') return { name: 'Left out', tone: 'warn' }
    if (reason.name === 'crowdedOutRests') return { name: 'Crowded out', tone: 'warn' }
    if (reason.name === 'cutRests') return { name: 'Short of margin', tone: 'warn' }
    if (reason.name === 'unopened') return { name: 'Not opened', tone: 'warn' }
  }
  return { name: filledLots(order) > 0 ? 'Partly filled' : 'Resting', tone: 'open' }
}

function lotsIn({ fills }: OwnOrder, batchId: number): number {
  return fills.filter((fill) => fill.batchId === batchId).reduce((sum, { lots }) => sum + lots, 0)
}

/** That what a batch made of an order is not known here, as a sentence with a space before it; or nothing. */
function noList(reason: OrderReason | null): string {
  if (!reason || reason.known) return ''
  return reason.list === 'wrong'
    ? ` The list with the reasons of batch ${reason.batchId} is not the one that the enclave signed for: do not trust it.`
    : ` The enclave’s list with the reasons of batch ${reason.batchId} is not here yet.`
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
