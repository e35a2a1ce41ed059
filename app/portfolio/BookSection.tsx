import Link from 'next/link'
import type { Address } from 'viem'
import type { AccountBook } from '../api/v1/_schemas/account'
import { formatAmount } from '../_format/amount'
import { unitOf } from '../book/unitOf'
import { Moment } from '../_ui/Moment'
import { BookBalances } from './BookBalances'
import type { Money } from './moneyInWords'
import { Empty } from './Section'

type Props = { address: Address; book: AccountBook; money: Money }

/** What the account has in the order book: outside of every market, and as margin in each. */
export function BookSection({ address, book, money }: Props) {
  const { markets, count } = book
  const balances = book.balances.filter(({ available }) => available !== '0')
  if (balances.length === 0 && markets.length === 0) {
    return (
      <Empty>
        Nothing there.{' '}
        <Link href="/book" className="underline">
          See the markets
        </Link>
      </Empty>
    )
  }
  return (
    <div className="space-y-6">
      {balances.length > 0 ? (
        <BookBalances
          address={address}
          balances={balances.map(({ token, available }) => ({ token, available, words: money(token, available) }))}
        />
      ) : null}
      {markets.length > 0 ? (
        <ul className="divide-rule border-rule divide-y border-y text-sm">
          {markets.map((market) => (
            <MarketLine key={market.marketId} market={market} />
          ))}
        </ul>
      ) : null}
      {count > markets.length ? (
        <p className="text-muted text-sm">
          {markets.length} of {count} markets.
        </p>
      ) : null}
    </div>
  )
}

function MarketLine({ market }: { market: AccountBook['markets'][number] }) {
  const [base, quote] = [unitOf(market.base), unitOf(market.quote)]
  const { free, pending, withdrawal } = market.money
  const write = (pair: { base: string; quote: string }) =>
    `${formatAmount(BigInt(pair.base), base)} and ${formatAmount(BigInt(pair.quote), quote)}`
  return (
    <li className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[10rem_1fr]">
      <p>
        <Link
          href={`/book/${market.marketId}`}
          prefetch={false}
          className="font-serif text-lg font-semibold hover:underline"
        >
          {base.symbol} / {quote.symbol}
        </Link>
      </p>
      <div>
        <p>Margin: {write(pending)}</p>
        {withdrawal ? (
          <p className="text-muted">
            Asked back: {write(withdrawal)};{' '}
            {withdrawal.due ? (
              'due now'
            ) : (
              <>
                due once every batch up to {withdrawal.batchId} is final or void, not before{' '}
                <Moment at={withdrawal.notBefore} />
              </>
            )}
            . Orders count on {write(free)}.
          </p>
        ) : null}
      </div>
    </li>
  )
}
