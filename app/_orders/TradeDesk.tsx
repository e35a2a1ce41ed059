'use client'

import type { Address } from 'viem'
import { Queries } from '../_data/Queries'
import { useNetwork } from '../_data/network'
import { useChainClock } from '../_data/useChainClock'
import { MarginPanel } from '../_margin/MarginPanel'
import { QueryProblem } from '../_ui/QueryProblem'
import { Skeleton } from '../_ui/Skeleton'
import { useWallet } from '../_wallet/useWallet'
import { WrongChain } from '../_wallet/WrongChain'
import { OrderForm } from './OrderForm'
import type { MarketView } from './marketView'
import { useOwnBook } from './useOwnBook'

type Props = { market: MarketView; account: Address; madeAt: number }

/** Where one account places orders in one market, and looks after the margin behind them. */
export function TradeDesk(props: Props) {
  return (
    <Queries>
      <Desk {...props} />
    </Queries>
  )
}

function Desk({ market, account, madeAt }: Props) {
  const { chainId } = useWallet()
  const network = useNetwork()
  const clock = useChainClock(madeAt)
  const { data: book, error, refetch } = useOwnBook(market, account, clock.block)
  if (!book && error) {
    return (
      <div className="space-y-3">
        <QueryProblem what="Your margin" error={error} onRetry={refetch} />
        <p className="text-muted text-sm">
          It is read from the chain itself, which does not answer this page now. Orders that were counted stay counted.
        </p>
      </div>
    )
  }
  if (!book) return <Skeleton label="Looking for your margin" className="h-96" />
  return (
    <div className="space-y-8">
      {chainId !== network.chainId ? <WrongChain /> : null}
      <OrderForm
        market={market}
        account={account}
        margin={book.view}
        orders={book.orders}
        unread={book.unread}
        now={clock.block}
      />
      <MarginPanel market={market} account={account} book={book} clock={clock} />
    </div>
  )
}
