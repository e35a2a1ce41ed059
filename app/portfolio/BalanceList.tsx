'use client'

import dynamic from 'next/dynamic'
import type { Address } from 'viem'
import { useAccount } from '../_data/useAccount'
import { sameHex } from '../_format/hex'
import { Hash } from '../_ui/Hash'

export type TokenBalance = {
  token: Address
  symbol: string
  native: boolean
  available: string
  locked: string
  claimable: string
}

// Deposits and withdrawals need the wallet's code; whoever only looks does not.
const MoveFunds = dynamic(() => import('./MoveFunds').then(({ MoveFunds }) => MoveFunds), {
  ssr: false,
  loading: () => <div className="h-11" />,
})

/** Balances a token, and for their owner ways to put in and take out. Amounts come written out. */
export function BalanceList({ address, balances }: { address: Address; balances: readonly TokenBalance[] }) {
  const own = sameHex(useAccount(), address)
  return (
    <ul className="divide-rule border-rule divide-y border-y">
      {balances.map(({ token, symbol, native, available, locked, claimable }) => (
        <li key={token} className="grid gap-4 py-4 lg:grid-cols-[1fr_34rem] lg:items-end">
          <div className="space-y-2">
            <p className="text-muted text-sm">
              {native ? `${symbol}, the chain’s own coin` : `${symbol} `}
              {native ? null : <Hash value={token} label={`token ${symbol}`} kind="address" />}
            </p>
            <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-sm sm:grid-cols-3">
              <Amount name="Free" value={available} strong />
              <Amount name="Locked in bids" value={locked} />
              <Amount name="To collect" value={claimable} />
            </dl>
          </div>
          {own ? <MoveFunds token={token} account={address} /> : null}
        </li>
      ))}
    </ul>
  )
}

function Amount({ name, value, strong = false }: { name: string; value: string; strong?: boolean }) {
  return (
    <div className={strong ? 'col-span-2 sm:col-span-1' : ''}>
      <dt className="text-muted">{name}</dt>
      <dd className={strong ? 'text-xl font-semibold' : 'text-base'}>{value}</dd>
    </div>
  )
}
