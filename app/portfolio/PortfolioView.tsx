'use client'

import { zeroAddress, type Address } from 'viem'
import { useConnection } from 'wagmi'
import { useAccountRecord } from '../_data/useAccountRecord'
import { useNetwork } from '../_data/network'
import { QueryProblem } from '../_ui/QueryProblem'
import { Skeleton } from '../_ui/Skeleton'
import { WalletPicker } from '../_wallet/WalletPicker'
import { BalanceRow } from './BalanceRow'
import { BidTable } from './BidTable'

/** What the connected account has in the contract, and the bids it made. */
export function PortfolioView() {
  const { address } = useConnection()
  if (!address) {
    return (
      <div className="max-w-sm">
        <WalletPicker onDone={() => undefined} />
      </div>
    )
  }
  return <Owned key={address} account={address} />
}

function Owned({ account }: { account: Address }) {
  const { contracts } = useNetwork()
  const { data: record, error, refetch } = useAccountRecord(account)
  const tokens = new Set<Address>([...(contracts.demoToken ? [contracts.demoToken] : []), zeroAddress])
  for (const { auction } of record?.bids ?? []) tokens.add(auction.params.paymentToken)
  return (
    <div className="space-y-12">
      <section aria-labelledby="balances" className="space-y-4">
        <h2 id="balances" className="text-2xl font-semibold">
          Balance in the contract
        </h2>
        <p className="text-muted max-w-prose text-sm">
          Refunds and proceeds are credited here, and bids can be paid from here. Only you can take it out, at any time.
        </p>
        <ul className="divide-rule border-rule divide-y border-y">
          {[...tokens].map((token) => (
            <li key={token} className="py-4">
              <BalanceRow token={token} account={account} />
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="bids" className="space-y-4">
        <h2 id="bids" className="text-2xl font-semibold">
          Your bids
        </h2>
        {error ? <QueryProblem what="Your bids" error={error} onRetry={() => void refetch()} /> : null}
        {record ? <BidTable bids={record.bids} /> : error ? null : <Skeleton label="Loading your bids" />}
      </section>
    </div>
  )
}
