import { ORDER_FLAG } from '../../lib/protocol/clearing/orders'
import { UINT32_MAX } from '../../lib/protocol/constants'
import { batchAt, type BatchClock } from '../_data/batches'
import { parseQuotedPrice, parseSize } from '../_format/parseQuotation'
import { formatSize } from '../_format/quotation'
import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import type { MarketMoney } from './orderTerms'

/** How long an order lasts: for the batch that it comes into, until it is cancelled, or for a span of time. */
export type Life = 'batch' | 'cancelled' | 'span'

/** The form as typed. `price` is the limit, or a market order's worst price; `span` in seconds. */
export type OrderForm = {
  side: 'buy' | 'sell'
  type: 'limit' | 'market'
  price: string
  size: string
  life: Life
  span: number
  /** Empty: none. */
  minFill: string
  fillOrKill: boolean
}

export type OrderField = 'price' | 'size' | 'minFill'
export type OrderDraft = { ok: true; terms: OrderTerms } | { ok: false; errors: Partial<Record<OrderField, string>> }

/** The spans that the form offers, in seconds, by their names. */
export const SPANS: readonly [number, string][] = [
  [300, '5 minutes'],
  [3_600, '1 hour'],
  [86_400, '1 day'],
  [604_800, '1 week'],
]

export const FIRST_FORM: OrderForm = {
  side: 'buy',
  type: 'limit',
  price: '',
  size: '',
  life: 'cancelled',
  span: 3_600,
  minFill: '',
  fillOrKill: false,
}

/**
 * The form after a change. A market order and one that is filled whole or not at all are for one batch, unless their
 * owner says otherwise; all or nothing leaves no room for a minimum.
 */
export function changeOrder(before: OrderForm, change: Partial<OrderForm>): OrderForm {
  const after = { ...before, ...change }
  if (change.type && change.type !== before.type) after.life = change.type === 'market' ? 'batch' : 'cancelled'
  if (change.fillOrKill) return { ...after, life: 'batch', minFill: '' }
  return after
}

/**
 * Turns the form into an order, or says field by field what is wrong with it. PROTOCOL.md section 11.
 *
 * @param now Chain time, Unix seconds: an order for a span lasts through the batch in which the span ends.
 * @param worst Ticks: a market order's worst price, where none was typed.
 */
export function draftOrder(form: OrderForm, market: MarketMoney & BatchClock, now: number, worst?: number): OrderDraft {
  const errors: Partial<Record<OrderField, string>> = {}
  const proposed = form.type === 'market' && form.price.trim() === '' ? worst : undefined
  const price = proposed ? { ok: true as const, ticks: proposed } : parseQuotedPrice(form.price, market)
  if (!price.ok) errors.price = price.reason
  const size = parseSize(form.size, market)
  if (!size.ok) errors.size = size.reason
  else if (size.lots < market.minLots) errors.size = `The least size is ${formatSize(market.minLots, market)}.`
  const wantsMinFill = form.minFill.trim() !== '' && !form.fillOrKill
  const whole = size.ok
    ? { lots: size.lots, reason: `It cannot be more than the order itself, ${formatSize(size.lots, market)}.` }
    : undefined
  const minFill = wantsMinFill ? parseSize(form.minFill, market, whole) : null
  if (minFill && !minFill.ok) errors.minFill = minFill.reason
  if (!price.ok || !size.ok || Object.keys(errors).length > 0) return { ok: false, errors }
  return {
    ok: true,
    terms: {
      price: price.ticks,
      quantity: size.lots,
      flags: flagsOf(form),
      minFill: minFill?.ok ? minFill.lots : 0,
      expiryBatch: expiryOf(form, market, now),
    },
  }
}

function flagsOf({ side, type, life, fillOrKill }: OrderForm): number {
  return (
    (side === 'sell' ? ORDER_FLAG.sell : 0) |
    (fillOrKill ? ORDER_FLAG.fillOrKill : 0) |
    (life === 'batch' ? 0 : ORDER_FLAG.stays) |
    (type === 'market' ? ORDER_FLAG.market : 0)
  )
}

function expiryOf({ life, span }: OrderForm, market: BatchClock, now: number): number {
  return life === 'span' ? Math.min(batchAt(market, now + span), UINT32_MAX) : 0
}
