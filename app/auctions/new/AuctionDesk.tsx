'use client'

import type { Address } from 'viem'
import { Queries } from '../../_data/Queries'
import { useChainClock } from '../../_data/useChainClock'
import { useSealingKeys } from '../../_data/useSealingKeys'
import { Notice } from '../../_ui/Notice'
import { QueryProblem } from '../../_ui/QueryProblem'
import { Skeleton } from '../../_ui/Skeleton'
import { AuctionFormView } from './AuctionFormView'

/** The form, once there is a key to seal to. Null: somebody who only looks. */
export function AuctionDesk({ account }: { account: Address | null }) {
  return (
    <Queries>
      <WithKey account={account} />
    </Queries>
  )
}

function WithKey({ account }: { account: Address | null }) {
  const clock = useChainClock()
  const { data: keys, error, refetch } = useSealingKeys()
  if (error) return <QueryProblem what="The enclave’s keys" error={error} onRetry={() => void refetch()} />
  if (!keys || !clock) return <Skeleton label="Loading" className="h-96" />
  const key = keys.find(
    ({ retiredAt, revokedAt, notBefore, notAfter }) =>
      retiredAt === null && revokedAt === null && notBefore <= clock.block && clock.block < notAfter,
  )
  if (!key) {
    return (
      <Notice tone="warn" title="No enclave key is valid now.">
        <p>Bids could not be sealed, so no auction can open. Nothing of yours is affected.</p>
      </Notice>
    )
  }
  return <AuctionFormView key={account ?? ''} account={account} sealingKey={key} now={clock.block} />
}
