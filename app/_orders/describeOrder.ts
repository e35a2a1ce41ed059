import { batchAt, endOfBatch, type BatchClock } from '../_data/batches'
import { formatAmount } from '../_format/amount'
import { formatPrice, formatSize, priceUnit } from '../_format/quotation'
import { formatTime } from '../_format/time'
import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import { coveredLots, isFillOrKill, isMarketOrder, isSell, moneyAt, stays, type MarketMoney } from './orderTerms'

export type DescribedMarket = MarketMoney & BatchClock

type Pair = { base: bigint; quote: bigint }

type Circumstances = {
  /** Whether the wallet has yet to sign for the key that reads the order. */
  signs: boolean
  /** Why the order needs a receipt, where the wallet cannot read it again. */
  receipt?: string | null
  /** Margin that no other order draws on. */
  free: Pair
  /** Chain time, Unix seconds. */
  now: number
}

/** What placing an order asks of the wallet, and what it does, one sentence a step. */
export function describeOrder(
  terms: OrderTerms,
  market: DescribedMarket,
  { signs, receipt, free, now }: Circumstances,
): string[] {
  const lines: string[] = []
  if (signs)
    lines.push('Sign a message twice, at no cost: it makes the key that reads your own orders again on any device.')
  if (receipt) lines.push(receipt)
  lines.push(describeTrade(terms, market), describeLife(terms, market, now))
  if (isFillOrKill(terms))
    lines.push(
      'Whole or not at all: if its batch cannot fill all of it, it is dropped for good and nothing of it trades.',
    )
  if (terms.minFill > 0)
    lines.push(
      `At least ${formatSize(terms.minFill, market)} at a time: a batch that would fill less of it leaves it out.`,
    )
  lines.push(describeCover(terms, market, free))
  lines.push(
    'You can cancel it at any time: from the batch of the block that takes the cancellation on, it does not trade. Earlier batches that are not settled yet may still fill it.',
  )
  return lines
}

/** What an order is for, in words, with the most it pays or the least it gets. */
export function describeTrade(terms: OrderTerms, market: DescribedMarket): string {
  const size = formatSize(terms.quantity, market)
  const limit = `${formatPrice(terms.price, market)} per ${priceUnit(market).split(' per ')[1] ?? ''}`
  const { quote, fee } = moneyAt(terms, terms.quantity, terms.price, market)
  const money = formatAmount(quote, market.quote)
  const feeWords =
    fee > 0n ? `, the fee of ${formatAmount(fee, market.quote)} ${isSell(terms) ? 'taken off' : 'included'}` : ''
  const how = isMarketOrder(terms)
    ? 'at whatever price the batch clears at, but'
    : 'at the price that the batch clears at,'
  return isSell(terms)
    ? `Sell up to ${size} ${how} no lower than ${limit}: at least ${money} for all of it${feeWords}.`
    : `Buy up to ${size} ${how} no higher than ${limit}: at most ${money} for all of it${feeWords}.`
}

function describeLife(terms: OrderTerms, market: DescribedMarket, now: number): string {
  const current = batchAt(market, now)
  const into = `It comes into the batch of the block that takes it: now that is batch ${current}, until ${formatTime(endOfBatch(market, current))}.`
  if (!stays(terms)) return `${into} What is left after that batch is over with it.`
  if (terms.expiryBatch === 0) return `${into} What is left of it stays for later batches, until you cancel it.`
  return `${into} What is left of it stays until batch ${terms.expiryBatch}, which ends ${formatTime(endOfBatch(market, terms.expiryBatch))}.`
}

function describeCover(terms: OrderTerms, market: DescribedMarket, free: Pair): string {
  const covered = coveredLots(terms, terms.quantity, free, market)
  if (covered >= terms.quantity)
    return 'Your margin covers all of it. Nothing is locked: what trades is paid from the margin.'
  const size = formatSize(covered, market)
  return isFillOrKill(terms)
    ? `Your margin covers only ${size} of it, so it is dropped unless more margin is there when its batch is cleared.`
    : `Your margin covers only ${size} of it now. A batch takes no more of it than the margin covers.`
}

/**
 * What everyone learns from an order, at once and later. PROTOCOL.md section 13.
 *
 * @param margin The trader's whole margin in this market.
 */
export function describeLeaks(market: Pick<MarketMoney, 'base' | 'quote'>, margin: Pair): string {
  const always =
    'Others see your address, the time, and that an order came: neither its side, nor its size, nor its price, nor how long it stays. What a batch fills is public once the batch is settled: your address, side, size, and the price that all pay.'
  const side = describeOneSided(market, margin)
  return side ? `${always} ${side}` : always
}

/** What margin in one token alone gives away; null where there is some of both, or none. */
export function describeOneSided({ base, quote }: Pick<MarketMoney, 'base' | 'quote'>, margin: Pair): string | null {
  if (margin.base === 0n && margin.quote > 0n)
    return `Your margin here is in ${quote.symbol} alone, and margins are public: others can tell that you can only buy.`
  if (margin.quote === 0n && margin.base > 0n)
    return `Your margin here is in ${base.symbol} alone, and margins are public: others can tell that you can only sell.`
  return null
}
