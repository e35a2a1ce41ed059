import type { Metadata } from 'next'
import { load } from '../../_server/pageData'
import { readBatchAuditList } from '../../_server/readBatchAudit'
import { LiveUpdates } from '../../_ui/LiveUpdates'
import { Notice } from '../../_ui/Notice'
import { PageProblem } from '../../_ui/PageProblem'
import { marketViewOf } from '../../book/marketViewOf'
import { AuditRooms } from '../AuditRooms'
import { BatchAuditList } from './BatchAuditList'
import { BatchFilterForm } from './BatchFilterForm'
import { parseBatchFilters } from './batchFilters'

export const metadata: Metadata = { title: 'Audit of batches' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Every batch that somebody used, market by market, to be checked by whoever likes. */
export default async function BatchAuditPage({ searchParams }: Props) {
  const filters = parseBatchFilters(await searchParams)
  const loaded = await load((db) => readBatchAuditList(db, filters))
  return (
    <div className="space-y-6">
      <div>
        <h1 className="text-3xl font-semibold sm:text-4xl">Audit</h1>
        <p className="text-muted mt-2 max-w-prose">
          Every batch of the hidden order book that somebody used. Open one to check it in your own browser: that its
          fills are those of real orders, at one price, with money that was there.
        </p>
      </div>
      <AuditRooms here="/audit/markets" />
      {loaded.ok ? <Found {...loaded.data} filters={filters} /> : null}
      {loaded.ok ? null : <PageProblem what="The list of batches" reason={loaded.reason} watch="/markets" />}
    </div>
  )
}

type FoundProps = Awaited<ReturnType<typeof readBatchAuditList>> & { filters: ReturnType<typeof parseBatchFilters> }

function Found({ markets, market, batches, next, madeAt, filters }: FoundProps) {
  if (!market) {
    return (
      <>
        <Notice title={filters.market ? 'There is no such market.' : 'No market yet.'}>
          <p>
            {filters.market ? 'Check the address of this page.' : 'Batches appear here as soon as somebody opens one.'}
          </p>
        </Notice>
        <LiveUpdates watch="/markets" subject={{ markets: 'all' }} madeAt={madeAt} />
      </>
    )
  }
  return (
    <>
      <BatchFilterForm markets={markets} shown={market} filters={filters} />
      <BatchAuditList batches={batches} next={next} view={marketViewOf(market)} filters={filters} />
      <LiveUpdates watch={`/markets/${market.id}/batches?limit=1`} madeAt={madeAt} moments={[market.current.endsAt]} />
    </>
  )
}
