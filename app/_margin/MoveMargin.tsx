'use client'

import { useState } from 'react'
import type { Address } from 'viem'
import { useNetwork } from '../_data/network'
import type { Funds } from '../_data/useFunds'
import { useFunding } from '../_funding/useFunding'
import { AmountField } from '../_orders/AmountField'
import type { MarketView } from '../_orders/marketView'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'
import type { Pair } from './freeMargin'
import { depositJob, draftMove, requestJob, type Direction } from './marginJobs'
import type { StoredMargin } from './useMargin'

type Props = {
  market: MarketView
  account: Address
  token: keyof Pair
  funds: Funds
  stored: StoredMargin
  /** Chain time, Unix seconds. */
  now: number
}

/** One amount, and two ways for it: from the wallet into the margin, or back. */
export function MoveMargin({ market, account, token, funds, stored, now }: Props) {
  const network = useNetwork()
  const { propose, busy } = useTransactions()
  const address = token === 'base' ? market.baseToken : market.quoteToken
  // A permit would take the way over the book's balance, one transaction more than an approval takes.
  const funding = useFunding(address, account, true)
  const [text, setText] = useState('')
  const [error, setError] = useState<string | undefined>(undefined)
  const facts = { market, token, funds, stored }

  function move(direction: Direction) {
    const draft = draftMove(text, direction, facts)
    setError(draft.ok ? undefined : draft.reason)
    if (!draft.ok) return
    const job =
      direction === 'in'
        ? depositJob(network, account, draft.amount, funding ?? 'approve', facts)
        : requestJob(network, account, draft.amount, now, facts)
    propose({
      ...job,
      run: async (flow) => {
        await job.run(flow)
        setText('')
      },
    })
  }

  return (
    <div className="space-y-3">
      <AmountField
        label={`Amount of ${market[token].symbol}`}
        error={error}
        value={text}
        placeholder="0"
        onChange={setText}
      />
      <div className="flex flex-wrap gap-2">
        <Button look="main" disabled={busy} onClick={() => move('in')}>
          Deposit
        </Button>
        <Button disabled={busy || stored.margin[token] === 0n} onClick={() => move('out')}>
          Ask back
        </Button>
      </div>
    </div>
  )
}
