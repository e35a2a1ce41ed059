'use client'

import { useId, useState } from 'react'
import type { Address } from 'viem'
import { describeOneSided } from '../_orders/describeOrder'
import type { MarketView } from '../_orders/marketView'
import type { OwnBook } from '../_orders/useOwnBook'
import type { ChainClock } from '../_data/useChainClock'
import { useFunds } from '../_data/useFunds'
import { formatAmount, formatRough, type Unit } from '../_format/amount'
import { Choice } from '../_ui/Choice'
import { Skeleton } from '../_ui/Skeleton'
import { MintTokens } from '../_wallet/MintTokens'
import { BookBalance } from './BookBalance'
import type { Pair } from './freeMargin'
import { MoveMargin } from './MoveMargin'
import { RequestedWithdrawal } from './RequestedWithdrawal'

type Props = { market: MarketView; account: Address; book: OwnBook; clock: ChainClock }

/** The money behind one's orders in a market: what is there, what is taken, and the ways in and out. */
export function MarginPanel({ market, account, book, clock }: Props) {
  const name = useId()
  const [token, setToken] = useState<keyof Pair>('quote')
  const { view, stored, state } = book
  const address = token === 'base' ? market.baseToken : market.quoteToken
  const unit = market[token]
  const funds = useFunds(address, account, 'book')
  const oneSided = describeOneSided(market, view.counted)
  return (
    <section aria-labelledby="margin" className="space-y-4">
      <div>
        <h2 id="margin" className="text-xl font-semibold">
          Your margin
        </h2>
        <p className="text-muted mt-1 text-sm">
          Orders are paid from it. Deposits are public and say nothing of any order, least of all in round amounts and
          both tokens.
        </p>
      </div>
      <table className="w-full text-right text-sm">
        <thead className="text-muted">
          <tr className="border-rule border-b">
            <td />
            {(['base', 'quote'] as const).map((side) => (
              <th key={side} scope="col" className="py-2 pl-3 font-medium">
                {market[side].symbol}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row name="Free for new orders" market={market} pair={view.free} strong />
          <Row name="Drawn on by your orders" market={market} pair={view.reserved} />
          <Row name="Margin in all" market={market} pair={view.counted} />
        </tbody>
      </table>
      {oneSided ? <p className="text-warn text-sm">{oneSided}</p> : null}
      {stored.withdrawal ? (
        <RequestedWithdrawal
          market={market}
          account={account}
          withdrawal={stored.withdrawal}
          head={Number(state.head)}
          clock={clock}
        />
      ) : null}
      <div className="space-y-3">
        <Choice
          label="Token"
          name={`${name}-token`}
          value={token}
          options={[
            ['base', market.base.symbol],
            ['quote', market.quote.symbol],
          ]}
          onChange={setToken}
        />
        {funds ? (
          <>
            <MoveMargin
              key={token}
              market={market}
              account={account}
              token={token}
              funds={funds}
              stored={stored}
              now={clock.block}
            />
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p className="text-muted text-sm">{formatRough(funds.wallet, unit)} in your wallet</p>
              <MintTokens token={address} account={account} />
            </div>
            <BookBalance market={market} account={account} token={token} vault={funds.vault} />
          </>
        ) : (
          <Skeleton label="Loading a balance" className="h-24" />
        )}
      </div>
    </section>
  )
}

type RowProps = { name: string; market: MarketView; pair: Pair; strong?: boolean }

function Row({ name, market, pair, strong = false }: RowProps) {
  return (
    <tr className="border-rule border-b">
      <th scope="row" className="text-muted py-2 text-left font-normal">
        {name}
      </th>
      <Amount amount={pair.base} unit={market.base} strong={strong} />
      <Amount amount={pair.quote} unit={market.quote} strong={strong} />
    </tr>
  )
}

function Amount({ amount, unit, strong }: { amount: bigint; unit: Unit; strong: boolean }) {
  const text = formatAmount(amount, unit)
  return <td className={`py-2 pl-3 ${strong ? 'font-semibold' : ''}`}>{text.slice(0, text.lastIndexOf(' '))}</td>
}
