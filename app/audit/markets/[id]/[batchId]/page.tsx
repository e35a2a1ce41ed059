import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { isHash, type Hex } from 'viem'
import { load } from '../../../../_server/pageData'
import { readBatchAudit } from '../../../../_server/readBatchAudit'
import { LiveUpdates } from '../../../../_ui/LiveUpdates'
import { PageProblem } from '../../../../_ui/PageProblem'
import { marketName, marketViewOf } from '../../../../book/marketViewOf'
import { batchQuery, parseBatchNumber } from '../../batchFilters'
import { BatchClaim } from './BatchClaim'
import { BatchCommandLine } from './BatchCommandLine'
import { BatchLiveCheck } from './BatchLiveCheck'
import { Unproven } from './Unproven'

export const metadata: Metadata = { title: 'Audit of a batch' }

type Props = { params: Promise<{ id: string; batchId: string }> }

/** One batch: what was claimed, by whom, how to find out whether it is so, and what nobody can. */
export default async function AuditedBatchPage({ params }: Props) {
  const { id: given, batchId: number } = await params
  const batchId = parseBatchNumber(number)
  if (!isHash(given) || batchId === null) notFound()
  const id = given.toLowerCase() as Hex
  const watch = `/markets/${id}/batches/${batchId}?limit=1`
  const loaded = await load((db) => readBatchAudit(id, batchId, db))
  if (!loaded.ok) {
    return (
      <div className="space-y-6">
        <h1 className="text-3xl font-semibold sm:text-4xl">Audit</h1>
        <PageProblem what="This batch" reason={loaded.reason} watch={watch} />
      </div>
    )
  }
  if (!loaded.data) notFound()
  const { market, batch, madeAt } = loaded.data
  const view = marketViewOf(market)
  return (
    <div className="space-y-10">
      <header className="space-y-3">
        <p className="text-sm">
          <Link href={`/audit/markets${batchQuery({ market: id })}`} className="inline-block py-1 underline">
            All batches of this market
          </Link>
        </p>
        <h1 className="text-3xl font-semibold sm:text-4xl">
          How batch {batchId} of {marketName(view)} was settled
        </h1>
        <p className="text-muted max-w-prose">
          <Link href={`/book/${id}`} className="underline">
            The market’s own page
          </Link>{' '}
          is for trading. This one says what of a batch can be checked without seeing a single order, and what cannot.
        </p>
      </header>
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
        <div className="min-w-0 space-y-10">
          <BatchLiveCheck marketId={id} batchId={batchId} />
        </div>
        <div className="min-w-0 space-y-10">
          <BatchClaim batch={batch} view={view} />
          <Unproven />
          <BatchCommandLine marketId={id} batchId={batchId} />
        </div>
      </div>
      <LiveUpdates watch={watch} subject={{ markets: [id] }} madeAt={madeAt} moments={[batch.endsAt, batch.settleBy]} />
    </div>
  )
}
