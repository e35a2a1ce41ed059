'use client'

import Link from 'next/link'
import type { Address } from 'viem'
import { useAccount } from '../_data/useAccount'
import { useNetwork } from '../_data/network'
import { sameHex } from '../_format/hex'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'
import { useWalletSession } from '../_wallet/useWallet'
import type { Collectable } from './collectables'

type Item = { thing: Collectable; title: string; what: string }

/** What can be collected now, piece by piece or all of it. Others see the list, and no buttons. */
export function CollectPanel({ address, items }: { address: Address; items: readonly Item[] }) {
  const network = useNetwork()
  const session = useWalletSession()
  const account = useAccount()
  const { propose, busy } = useTransactions()
  const own = sameHex(account, address)

  function collect(chosen: readonly Item[]) {
    propose({
      account: address,
      title: chosen.length > 1 ? 'Collect everything' : 'Collect',
      preview: [
        ...chosen.map(({ title, what }) => `${what}: ${title}.`),
        ...(chosen.length > 1
          ? [
              'One confirmation where your wallet can do several at once, else one each. What the keeper sends meanwhile is left out.',
            ]
          : []),
      ],
      confirm: 'Collect',
      done: 'Money is in your balance in the contract, lots are in your wallet.',
      run: async (flow) => {
        // With the wallet's code, which is there by now: who only looks needs none of it.
        const { sendClaims } = await import('./sendClaims')
        await sendClaims(chosen, { network, session, account: address, flow })
      },
    })
  }

  return (
    <div className="space-y-4">
      <ul className="divide-rule border-rule divide-y border-y text-sm">
        {items.map((item) => (
          <li
            key={`${item.thing.kind} ${item.thing.auctionId}`}
            className="flex min-h-16 flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2"
          >
            <p>
              <span className="font-semibold">{item.what}</span>
              <Link href={`/auctions/${item.thing.auctionId}`} prefetch={false} className="block underline">
                {item.title}
              </Link>
            </p>
            {own ? (
              <Button disabled={busy} aria-label={`Collect: ${item.what}`} onClick={() => collect([item])}>
                Collect
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {own && items.length > 1 ? (
        <Button look="main" disabled={busy} onClick={() => collect(items)}>
          Collect all {items.length}
        </Button>
      ) : null}
    </div>
  )
}
