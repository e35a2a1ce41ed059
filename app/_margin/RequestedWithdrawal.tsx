'use client'

import type { Address } from 'viem'
import type { Withdrawal } from '../../lib/chain/book/reads'
import { executeWithdrawalCall } from '../../lib/chain/calls/book/margin'
import { endOfBatch } from '../_data/batches'
import { useNetwork } from '../_data/network'
import type { ChainClock } from '../_data/useChainClock'
import { formatAmount } from '../_format/amount'
import type { MarketView } from '../_orders/marketView'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'
import { Moment } from '../_ui/Moment'
import { Notice } from '../_ui/Notice'
import { latestDue } from './marginJobs'
import { withdrawalStage } from './withdrawalStage'

type Props = {
  market: MarketView
  account: Address
  withdrawal: Withdrawal
  /** The first used batch that is neither final nor void; 0 for none. */
  head: number
  clock: ChainClock
}

/** Margin that was asked for: how much, what it waits for, and the way to collect it once it is due. */
export function RequestedWithdrawal({ market, account, withdrawal, head, clock }: Props) {
  const network = useNetwork()
  const { propose, busy } = useTransactions()
  const batchId = Number(withdrawal.batchId)
  const words = [
    ...(withdrawal.base > 0n ? [formatAmount(withdrawal.base, market.base)] : []),
    ...(withdrawal.quote > 0n ? [formatAmount(withdrawal.quote, market.quote)] : []),
  ].join(' and ')
  const stage = withdrawalStage({ batchId, head }, market, clock.block)

  function collect() {
    propose({
      account,
      room: 'book',
      title: 'Collect the margin you asked for',
      preview: [`Have the contract pay ${words} into your balance in the book, or what batches since have left of it.`],
      confirm: 'Collect',
      done: 'It is in your balance in the book. From there it goes to your wallet.',
      run: (flow) => flow.send(executeWithdrawalCall(network, market.id, account), 'Collect'),
    })
  }

  return (
    <Notice tone="yours" title={`Asked back: ${words}`}>
      {stage === 'open' ? (
        <p>
          It waits for batch {batchId} to end, <Moment at={endOfBatch(market, batchId)} />, and for that batch and all
          before it to be final or void.
        </p>
      ) : null}
      {stage === 'waiting' ? (
        <p>
          It waits until every batch up to {batchId} is final or void; the next one is batch {head}. At the latest about{' '}
          <Moment at={latestDue(market, batchId)} />, unless a settlement is struck.
        </p>
      ) : null}
      {stage === 'due' || stage === 'late' ? (
        <>
          <p>
            {stage === 'due'
              ? 'It is due. A keeper usually pays it within a minute; you need not wait for it.'
              : 'Batches before it were not finished in time. Collecting declares them void.'}
          </p>
          <Button look="main" onClick={collect} disabled={busy}>
            Collect
          </Button>
        </>
      ) : null}
    </Notice>
  )
}
