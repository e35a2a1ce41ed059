import type { Metadata } from 'next'
import type { Database } from '../../lib/db/client'
import { readStats } from '../../lib/db/stats'
import { readEnclaveHealth } from '../_server/readEnclaveHealth'
import { readHead } from '../_server/readHead'
import { readKeys } from '../_server/readKeys'
import { readNetwork } from '../_server/readNetwork'
import { load } from '../_server/pageData'
import { LiveUpdates } from '../_ui/LiveUpdates'
import { PageProblem } from '../_ui/PageProblem'
import { NetworkView, type IndexFacts } from './NetworkView'

export const metadata: Metadata = { title: 'Network' }

export default async function NetworkPage() {
  const [loaded, network, keys, enclaveAnswers] = await Promise.all([
    load(readIndexFacts),
    readNetwork(),
    readKeys().catch(() => null),
    readEnclaveHealth(),
  ])
  return (
    <div className="space-y-8">
      <div>
        <h1 className="text-3xl font-semibold sm:text-4xl">Network</h1>
        <p className="text-muted mt-2 max-w-prose">What this app speaks to, and whose keys your bids are sealed to.</p>
      </div>
      {loaded.ok ? (
        <>
          <NetworkView network={network} index={loaded.data} keys={keys} enclaveAnswers={enclaveAnswers} />
          <LiveUpdates watch="/status" madeAt={loaded.data.madeAt} />
        </>
      ) : (
        <PageProblem what="The state of the network" reason={loaded.reason} watch="/status" />
      )}
    </div>
  )
}

async function readIndexFacts(db: Database): Promise<IndexFacts> {
  const { now, block, head, updatedAt } = await readHead(db)
  const { bids, bidders, markets, orders, mismatches, auctionsByPhase } = await readStats(db, now)
  return {
    block: Number(block),
    lagBlocks: Math.max(0, Number(head - block)),
    silence: Math.max(0, Math.floor((Date.now() - updatedAt.getTime()) / 1_000)),
    bids,
    bidders,
    auctions: Object.values(auctionsByPhase).reduce((sum, count) => sum + count, 0),
    markets,
    orders,
    mismatches,
    madeAt: Number(now),
  }
}
