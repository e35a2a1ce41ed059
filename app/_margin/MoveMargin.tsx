'use client'

import { useRef, useState } from 'react'
import type { Address } from 'viem'
import { useNetwork } from '../_data/network'
import type { Funds } from '../_data/useFunds'
import { useFunding } from '../_funding/useFunding'
import type { Direction } from '../_format/parseMove'
import type { MarketView } from '../_orders/marketView'
import { useTransactions } from '../_transaction/TransactionProvider'
import { AmountField } from '../_ui/AmountField'
import { Button } from '../_ui/Button'
import { useCheckedFields } from '../_ui/useCheckedFields'
import type { Pair } from './freeMargin'
import { depositJob, draftMove, requestJob } from './marginJobs'
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
  const [tried, setTried] = useState<Direction | null>(null)
  const fields = useCheckedFields<'amount'>()
  const form = useRef<HTMLDivElement>(null)
  const facts = { market, token, funds, stored }

  const shown = draftMove(text, tried, facts)

  function move(direction: Direction) {
    const draft = draftMove(text, direction, facts)
    setTried(draft.ok ? null : direction)
    fields.tryAll(form.current)
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
        fields.empty()
      },
    })
  }

  return (
    <div ref={form} className="space-y-3">
      <AmountField
        label={`Amount of ${market[token].symbol}`}
        unit={market[token]}
        {...fields.of('amount', text, (typed) => {
          setText(typed)
          setTried(null)
        })}
        error={shown.ok ? undefined : shown.reason}
        placeholder="0"
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
