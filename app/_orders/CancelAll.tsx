'use client'

import type { Address } from 'viem'
import { cancelAllCall } from '../../lib/chain/calls/book/orders'
import { useNetwork } from '../_data/network'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'
import type { MarketView } from './marketView'

type Props = { market: MarketView; account: Address; current: number }

/**
 * Takes out everything that one ever placed here. The chain does not know what was filled or has ended, so only this keeps a
 * broken enclave from trading with it. PROTOCOL.md sections 11 and 13.
 *
 * @param current The batch that takes it, if it is sent now.
 */
export function CancelAll({ market, account, current }: Props) {
  const network = useNetwork()
  const { propose, busy } = useTransactions()

  function cancel() {
    propose({
      account,
      room: 'book',
      title: 'Cancel all your orders',
      preview: [
        `None of your orders that came into a batch before number ${current} trades any more, from batch ${current} on: those that rest, and those that were filled or have ended.`,
        'A batch before that which is not settled yet may still fill them.',
        'The chain cannot tell an order that was filled from one that rests. Do this when you are done here: afterwards not even a broken enclave can trade with your margin.',
      ],
      leaks: 'That you cancelled everything. What your orders said stays sealed.',
      confirm: 'Cancel all',
      done: 'All orders of earlier batches are cancelled. One that came into this same batch still trades: cancel it by itself.',
      run: (flow) => flow.send(cancelAllCall(network, market.id), 'Cancel all your orders'),
    })
  }

  return (
    <div className="flex flex-wrap items-center justify-between gap-3 text-sm">
      <p className="text-muted max-w-prose">
        Done trading here? One transaction ends every order that you ever placed, filled and expired ones included.
      </p>
      <Button onClick={cancel} disabled={busy}>
        Cancel all orders
      </Button>
    </div>
  )
}
