'use client'

import { useState } from 'react'
import type { Address } from 'viem'
import { batchAt } from '../_data/batches'
import { Queries } from '../_data/Queries'
import { useNetwork } from '../_data/network'
import { useChainClock } from '../_data/useChainClock'
import { KeptRecords } from '../_sealing/KeptRecords'
import { isSameCommitment } from '../_sealing/receiptStore'
import { ProblemNotice } from '../_transaction/ProblemNotice'
import { Button } from '../_ui/Button'
import { Notice } from '../_ui/Notice'
import { QueryProblem } from '../_ui/QueryProblem'
import { Skeleton } from '../_ui/Skeleton'
import type { MarketView } from './marketView'
import { OwnOrderRow } from './OwnOrderRow'
import { CancelAll } from './CancelAll'
import { isOpen, useOwnBook } from './useOwnBook'

type Props = { market: MarketView; account: Address; madeAt: number }

/** Orders that are over which are shown at once. */
const ENDED_SHOWN = 5

/** One account's orders in one market: what each says, for its owner's eyes, and what became of it. */
export function OwnOrdersDesk(props: Props) {
  return (
    <Queries>
      <Desk {...props} />
    </Queries>
  )
}

function Desk({ market, account, madeAt }: Props) {
  const network = useNetwork()
  const clock = useChainClock(madeAt)
  const [all, setAll] = useState(false)
  const { data: book, error, refetch } = useOwnBook(market, account, clock.block, all)
  if (!book && error) return <QueryProblem what="Your orders" error={error} onRetry={refetch} />
  if (!book) return <Skeleton label="Looking for your orders" className="h-40" />
  const { orders, opened } = book
  const newest = orders.toReversed()
  const open = newest.filter(isOpen)
  const ended = newest.filter((entry) => !isOpen(entry))
  const shown = [...open, ...(all ? ended : ended.slice(0, ENDED_SHOWN))]
  const closed = orders.filter(({ terms }) => terms === null).length
  return (
    <div className="space-y-4">
      {error ? (
        <Notice tone="warn" title="The chain does not answer now" live>
          <p>What you see of your orders is as it was last read. Nothing is lost: this page keeps trying.</p>
        </Notice>
      ) : null}
      {closed > 0 ? (
        <div className="border-rose bg-rose-wash space-y-2 border-l-4 p-4 text-sm">
          <p>
            {closed === orders.length ? 'Your orders are' : `${closed} of your orders are`} sealed, for this page too.
            Your wallet can read them again: one signature, at no cost.
          </p>
          <Button look="seal" onClick={opened.reveal} disabled={opened.pending}>
            {opened.pending ? 'Opening…' : 'Show my orders'}
          </Button>
          {opened.problem ? <ProblemNotice problem={opened.problem} /> : null}
        </div>
      ) : null}
      {orders.length === 0 ? (
        <p className="text-muted border-rule border-y py-4 text-sm">
          No orders yet. An order needs margin here first: put some in beside the form.
        </p>
      ) : (
        <ul className="divide-rule border-rule divide-y border-y">
          {shown.map((entry) => (
            <OwnOrderRow key={entry.order.leaf} entry={entry} market={market} account={account} clock={clock} />
          ))}
        </ul>
      )}
      {ended.length > ENDED_SHOWN && !all ? (
        <Button onClick={() => setAll(true)}>Show all {ended.length} that are over</Button>
      ) : null}
      {orders.length > 0 ? (
        <CancelAll market={market} account={account} current={batchAt(market, clock.block)} />
      ) : null}
      {orders.some(({ terms }) => terms !== null) ? (
        <p className="text-muted text-sm">
          Only you see what your orders say: they were read from the chain and opened in this browser.
        </p>
      ) : null}
      <KeptRecords
        place={{
          room: 'book' as const,
          chainId: network.chainId,
          contract: network.contracts.book,
          account,
          id: market.id,
        }}
        thing="order"
        nameOf={(record) => {
          const found = orders.find(({ order }) => isSameCommitment(order, record))
          return found ? `Order in batch ${found.order.batchId}` : null
        }}
      />
    </div>
  )
}
