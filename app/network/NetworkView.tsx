'use client'

import { useNetwork } from '../_data/network'
import { useChainClock } from '../_data/useChainClock'
import { useSealingKeys } from '../_data/useSealingKeys'
import { useStatus } from '../_data/useStatus'
import { formatSpan, formatTime } from '../_format/time'
import { Hash } from '../_ui/Hash'
import { QueryProblem } from '../_ui/QueryProblem'
import { Skeleton } from '../_ui/Skeleton'
import { Term, Terms } from '../_ui/Terms'
import { KeyEntry } from './KeyEntry'

/** Blocks that the index is behind in the course of reading a new one. */
const USUAL_LAG = 2

const CONTRACTS = [
  ['auctions', 'Auctions and balances'],
  ['registry', 'Register of enclaves'],
  ['verifier', 'Judge of their evidence'],
  ['demoToken', 'Demo dollar'],
  ['demoLots', 'Demo pieces'],
  ['demoEditions', 'Demo editions'],
] as const

/** Keys, contracts, and how fresh what the pages show is. */
export function NetworkView() {
  const { chainId, contracts } = useNetwork()
  const clock = useChainClock()
  const status = useStatus()
  const keys = useSealingKeys()
  return (
    <div className="grid gap-x-12 gap-y-12 lg:grid-cols-2">
      <section aria-labelledby="keys" className="space-y-4">
        <h2 id="keys" className="text-2xl font-semibold">
          Enclave keys
        </h2>
        {keys.error ? <QueryProblem what="The keys" error={keys.error} onRetry={() => void keys.refetch()} /> : null}
        {keys.isPending ? <Skeleton label="Loading the keys" /> : null}
        {keys.data?.length === 0 ? <p className="text-muted text-sm">No enclave is registered yet.</p> : null}
        {keys.data?.map((key) => (
          <KeyEntry key={key.keyId} entry={key} now={clock?.block} />
        ))}
      </section>
      <div className="space-y-12">
        <section aria-labelledby="contracts" className="space-y-4">
          <h2 id="contracts" className="text-2xl font-semibold">
            Contracts
          </h2>
          <Terms>
            {CONTRACTS.map(([name, label]) => {
              const address = contracts[name]
              return address ? (
                <Term key={name} name={label}>
                  <Hash value={address} label={label} />
                </Term>
              ) : null
            })}
          </Terms>
        </section>
        <section aria-labelledby="freshness" className="space-y-4">
          <h2 id="freshness" className="text-2xl font-semibold">
            Chain and index
          </h2>
          {status.error ? (
            <QueryProblem what="The state of the index" error={status.error} onRetry={() => void status.refetch()} />
          ) : null}
          <Terms>
            <Term name="Chain">{chainId === 31337 ? `Local chain (${chainId})` : chainId}</Term>
            <Term name="Chain time">{clock ? formatTime(clock.now) : '…'}</Term>
            {status.data ? (
              <>
                <Term name="Index">
                  {status.data.index.lagBlocks <= USUAL_LAG
                    ? 'Up to date'
                    : `${status.data.index.lagBlocks} blocks (${formatSpan(status.data.index.lagSeconds)}) behind`}
                  {status.data.index.ageSeconds > 30
                    ? `; last heard of ${formatSpan(status.data.index.ageSeconds)} ago`
                    : ''}
                </Term>
                <Term name="Disagreements with the chain">{status.data.mismatches}</Term>
                <Term name="Bids ever placed">
                  {status.data.bids} by {status.data.bidders} addresses
                </Term>
              </>
            ) : null}
          </Terms>
        </section>
      </div>
    </div>
  )
}
