'use client'

import type { Address } from 'viem'
import { fundMarginCall, withdrawFromBookCall } from '../../lib/chain/calls/book/margin'
import { useNetwork } from '../_data/network'
import { formatAmount } from '../_format/amount'
import type { MarketView } from '../_orders/marketView'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'
import { Notice } from '../_ui/Notice'
import type { Pair } from './freeMargin'

type Props = { market: MarketView; account: Address; token: keyof Pair; vault: bigint }

/** What was paid out of margins and lies in the book's vault: to the wallet, or into this market again. */
export function BookBalance({ market, account, token, vault }: Props) {
  const network = useNetwork()
  const { propose, busy } = useTransactions()
  if (vault === 0n) return null
  const address = token === 'base' ? market.baseToken : market.quoteToken
  const words = formatAmount(vault, market[token])
  return (
    <Notice tone="yours" title={`Your balance in the book: ${words}`}>
      <p>It is in no market. Only you can take it out, at any time.</p>
      <div className="flex flex-wrap gap-2 pt-1">
        <Button
          look="main"
          disabled={busy}
          onClick={() =>
            propose({
              account,
              room: 'book',
              title: 'Withdraw your balance in the book',
              preview: [`Send ${words} from the order book’s contract to your wallet.`],
              confirm: 'Withdraw',
              done: `${words} are in your wallet.`,
              run: (flow) => flow.send(withdrawFromBookCall(network, address, vault, account), 'Withdraw'),
            })
          }
        >
          To my wallet
        </Button>
        <Button
          disabled={busy}
          onClick={() =>
            propose({
              account,
              room: 'book',
              title: 'Put your balance into the margin',
              preview: [`Move ${words} from your balance in the book to your margin in this market.`],
              confirm: 'Move it',
              done: `${words} are in your margin.`,
              run: (flow) => flow.send(fundMarginCall(network, market.id, address, vault), 'Put it into the margin'),
            })
          }
        >
          Into the margin
        </Button>
      </div>
    </Notice>
  )
}
