'use client'

import { useQuery } from '@tanstack/react-query'
import type { Address } from 'viem'
import { EXIT_AFTER, type MarketState } from '../../lib/chain/book/marketState'
import { exitCall } from '../../lib/chain/calls/book/margin'
import { endOfBatch } from '../_data/batches'
import { useNetwork } from '../_data/network'
import { useChain } from '../_data/useChain'
import type { ChainClock } from '../_data/useChainClock'
import type { MarketView } from '../_orders/marketView'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'
import { Notice } from '../_ui/Notice'

type Props = {
  market: MarketView
  account: Address
  state: MarketState
  clock: ChainClock
  hasMargin: boolean
}

/** Where batch after batch went unsettled, everybody may leave at once, with no operator: said as soon as it is so. */
export function ExitNotice({ market, account, state, clock, hasMargin }: Props) {
  const network = useNetwork()
  const chain = useChain()
  const { propose, busy } = useTransactions()
  const next = Number(state.toSettle)
  const isLate = next !== 0 && clock.block >= endOfBatch(market, next) + market.batchSettleBy
  const call = exitCall(network, market.id)
  // The contract itself says whether: it declares late batches void in passing, which its storage does not show yet.
  const { data: open } = useQuery({
    queryKey: ['exit-open', network.chainId, network.contracts.book, market.id, account, state.voids, isLate],
    enabled: hasMargin && (isLate || state.voids >= EXIT_AFTER),
    refetchInterval: 15_000,
    queryFn: () =>
      chain.call({ ...call, from: account }).then(
        () => true,
        () => false,
      ),
  })
  if (!hasMargin || !open) return null
  return (
    <Notice tone="warn" title="This market’s batches go unsettled: you can leave at once." live>
      <p>
        At least {EXIT_AFTER} used batches in a row were settled by nobody. Everyone may take his whole margin now,
        without the operator. Your resting orders stay in the book and find no margin.
      </p>
      <Button
        look="main"
        disabled={busy}
        onClick={() =>
          propose({
            account,
            room: 'book',
            title: 'Leave the market',
            preview: [
              'Move your whole margin in both tokens to your balance in the book, from where you can withdraw it.',
            ],
            confirm: 'Leave',
            done: 'Your whole margin is in your balance in the book.',
            run: (flow) => flow.send(call, 'Leave the market'),
          })
        }
      >
        Leave with everything
      </Button>
    </Notice>
  )
}
