'use client'

import dynamic from 'next/dynamic'
import type { Address } from 'viem'
import { Queries } from '../../_data/Queries'
import { useChainClock } from '../../_data/useChainClock'
import { useSealingKeys } from '../../_data/useSealingKeys'
import { Notice } from '../../_ui/Notice'
import { QueryProblem } from '../../_ui/QueryProblem'
import { Skeleton } from '../../_ui/Skeleton'
import { useWallet } from '../../_wallet/useWallet'
import { WalletPicker } from '../../_wallet/WalletPicker'

// The form needs what speaks to wallet and chain; whoever only looks does not load it.
const AuctionFormView = dynamic(() => import('./AuctionFormView').then((module) => module.AuctionFormView), {
  ssr: false,
  loading: () => <Skeleton label="Loading the form" className="h-96" />,
})

/** The form, once there is an account to sell from and a key to seal to. */
export function NewAuction() {
  const { address } = useWallet()
  if (!address) return <WalletPicker onDone={() => undefined} />
  return (
    <Queries>
      <Prepared address={address} />
    </Queries>
  )
}

function Prepared({ address }: { address: Address }) {
  const clock = useChainClock()
  const { data: keys, error, refetch } = useSealingKeys()
  if (error) return <QueryProblem what="The enclave’s keys" error={error} onRetry={() => void refetch()} />
  if (!keys || !clock) return <Skeleton label="Loading" className="h-96" />
  const key = keys.find(
    ({ revoked, notBefore, notAfter }) => !revoked && notBefore <= clock.block && clock.block < notAfter,
  )
  if (!key) {
    return (
      <Notice tone="warn" title="No enclave key is valid now.">
        <p>Bids could not be sealed, so no auction can open. Nothing of yours is affected.</p>
      </Notice>
    )
  }
  return <AuctionFormView key={address} account={address} sealingKey={key} now={clock.block} />
}
