'use client'

import type { Address } from 'viem'
import { cancelOrderCall } from '../../lib/chain/calls/book/orders'
import { batchAt } from '../_data/batches'
import { useNetwork } from '../_data/network'
import type { ChainClock } from '../_data/useChainClock'
import { formatPrice, formatSize } from '../_format/quotation'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'
import { Hash } from '../_ui/Hash'
import { Tag } from '../_ui/Tag'
import { WaxSeal } from '../_ui/WaxSeal'
import { describeCancel } from './describeCancel'
import { fateInWords } from './fateInWords'
import type { MarketView } from './marketView'
import { isMarketOrder, isSell } from './orderTerms'
import type { BookOrder } from './useOwnBook'

type Props = { entry: BookOrder; market: MarketView; account: Address; clock: ChainClock }

/** Fates in which cancelling still changes something. */
const CANCELLABLE: readonly BookOrder['fate']['at'][] = ['sealed', 'resting', 'unread']

/** One's own order: what it says, where it stands, what it traded, and the way to cancel it. */
export function OwnOrderRow({ entry, market, account, clock }: Props) {
  const network = useNetwork()
  const { propose, busy } = useTransactions()
  const { order, terms, fate, reason } = entry
  const words = fateInWords(fate, order, terms, market, reason)

  function cancel() {
    propose({
      account,
      room: 'book',
      title: 'Cancel your order',
      preview: describeCancel(entry, market, batchAt(market, clock.block)),
      leaks: 'That you cancelled this order. What it says stays sealed.',
      confirm: 'Cancel the order',
      done: 'Your order is cancelled. If a batch before it was not settled yet, that one may still fill it: this page shows it.',
      run: (flow) => flow.send(cancelOrderCall(network, market.id, order.leaf), 'Cancel your order'),
    })
  }

  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3 text-sm">
      <WaxSeal className="size-8 shrink-0" />
      <div className="min-w-52 flex-1 space-y-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-semibold">
            {terms
              ? `${isSell(terms) ? 'Sell' : 'Buy'} ${formatSize(terms.quantity, market)} ${isMarketOrder(terms) ? 'at the market, to' : 'at'} ${formatPrice(terms.price, market)}`
              : 'Sealed order'}
          </span>
          <Tag tone={words.tone}>{words.name}</Tag>
        </p>
        <p className="text-muted">{words.text}</p>
        {order.fills.length > 0 ? (
          <ul className="text-muted">
            {order.fills.map(({ batchId, lots, price, final }) => (
              <li key={batchId}>
                Batch {batchId}: {formatSize(lots, market)} at {formatPrice(price, market)}
                {final ? '' : ', not final yet'}
              </li>
            ))}
          </ul>
        ) : null}
        <p className="text-muted">
          Batch {order.batchId}, <Hash value={order.transactionHash} label="transaction" kind="transaction" />
        </p>
      </div>
      {CANCELLABLE.includes(fate.at) ? (
        <Button onClick={cancel} disabled={busy} aria-label={`Cancel the order of batch ${order.batchId}`}>
          Cancel
        </Button>
      ) : null}
    </li>
  )
}
