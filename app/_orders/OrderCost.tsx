'use client'

import { formatAmount } from '../_format/amount'
import { formatSize } from '../_format/quotation'
import type { MarginView } from '../_margin/freeMargin'
import type { MarketView } from './marketView'
import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import { coveredLots, isFillOrKill, isSell, marginFor, moneyAt } from './orderTerms'

type Props = {
  /** Null while the form is not whole. */
  terms: OrderTerms | null
  selling: boolean
  market: MarketView
  margin: MarginView
  unread: number
}

/** What an order costs at most, or brings at least; the fee in it; and whether the margin is there. */
export function OrderCost({ terms, selling, market, margin, unread }: Props) {
  const money = terms && moneyAt(terms, terms.quantity, terms.price, market)
  const { free } = margin
  const [token, unit] = selling ? (['base', market.base] as const) : (['quote', market.quote] as const)
  return (
    <div className="border-rule space-y-1 border-y py-3 text-sm">
      <dl className="space-y-1">
        <Line name={selling ? 'The least you get' : 'The most you pay'} strong>
          {money ? formatAmount(money.quote, market.quote) : '–'}
        </Line>
        <Line name={`Fee, ${market.feeBps / 100} %, ${selling ? 'taken off' : 'included'}`}>
          {money ? formatAmount(money.fee, market.quote) : '–'}
        </Line>
        <Line name="Margin that it needs">
          {terms ? formatAmount(marginFor(terms, terms.quantity, market)[token], unit) : '–'}
        </Line>
        <Line name="Margin that is free">{formatAmount(free[token], unit)}</Line>
      </dl>
      {terms ? <Cover terms={terms} market={market} margin={margin} /> : null}
      {unread > 0 ? (
        <p className="text-warn">
          {unread === 1 ? 'One of your orders is' : `${unread} of your orders are`} not opened here, so what{' '}
          {unread === 1 ? 'it draws' : 'they draw'} on is not taken off.
        </p>
      ) : null}
    </div>
  )
}

function Cover({ terms, market, margin }: { terms: OrderTerms; market: MarketView; margin: MarginView }) {
  const covered = coveredLots(terms, terms.quantity, margin.free, market)
  if (covered >= terms.quantity) return null
  const lacks = isSell(terms) ? market.base.symbol : market.quote.symbol
  return (
    <p className="text-warn" role="status">
      {covered === 0
        ? `Nothing of it is covered: put ${lacks} into your margin first.`
        : isFillOrKill(terms)
          ? `Only ${formatSize(covered, market)} of it is covered, so it would be dropped: put more ${lacks} into your margin.`
          : `Only ${formatSize(covered, market)} of it is covered: a batch takes no more than that.`}
    </p>
  )
}

function Line({ name, strong = false, children }: { name: string; strong?: boolean; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4">
      <dt className="text-muted">{name}</dt>
      <dd className={strong ? 'text-base font-semibold' : ''}>{children}</dd>
    </div>
  )
}
