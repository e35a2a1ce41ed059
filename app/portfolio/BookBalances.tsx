'use client'

import type { Address } from 'viem'
import { useAccount } from '../_data/useAccount'
import { useNetwork } from '../_data/network'
import { sameHex } from '../_format/hex'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'

/** `available` in base units, `words` as people write it. */
export type BookTokenBalance = { token: Address; available: string; words: string }

/** Balances in the book's vault, outside of every market; for their owner the way to his wallet. */
export function BookBalances({ address, balances }: { address: Address; balances: readonly BookTokenBalance[] }) {
  const network = useNetwork()
  const { propose, busy } = useTransactions()
  const own = sameHex(useAccount(), address)

  function withdraw({ token, available, words }: BookTokenBalance) {
    propose({
      account: address,
      room: 'book',
      title: 'Withdraw your balance in the book',
      preview: [`Send ${words} from the order book’s contract to your wallet.`],
      confirm: 'Withdraw',
      done: `${words} are in your wallet.`,
      run: async (flow) => {
        const { withdrawFromBookCall } = await import('../../lib/chain/calls/book/margin')
        await flow.send(withdrawFromBookCall(network, token, BigInt(available), address), 'Withdraw')
      },
    })
  }

  return (
    <ul className="divide-rule border-rule divide-y border-y text-sm">
      {balances.map((balance) => (
        <li key={balance.token} className="flex min-h-16 flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
          <p>
            <span className="text-muted block">In no market</span>
            <span className="text-base font-semibold">{balance.words}</span>
          </p>
          {own ? (
            <Button disabled={busy} aria-label={`Withdraw ${balance.words}`} onClick={() => withdraw(balance)}>
              Withdraw
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
