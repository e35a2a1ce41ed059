import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { isHash, type Hex } from 'viem'
import { load } from '../../_server/pageData'
import { readAuditPage } from '../../_server/readAudit'
import { LiveUpdates } from '../../_ui/LiveUpdates'
import { PageProblem } from '../../_ui/PageProblem'
import { AnchorSearch } from './AnchorSearch'
import { Claim } from './Claim'
import { CommandLine } from './CommandLine'
import { Drawing } from './Drawing'
import { LiveCheck } from './LiveCheck'

export const metadata: Metadata = { title: 'Audit of a settlement' }

type Props = { params: Promise<{ id: string }> }

/** One settlement: what was claimed, by whom, and how to find out whether it is so. */
export default async function AuditedPage({ params }: Props) {
  const { id: given } = await params
  if (!isHash(given)) notFound()
  const id = given.toLowerCase() as Hex
  const watch = `/settlements/${id}`
  const loaded = await load((db) => readAuditPage(id, db))
  if (!loaded.ok) {
    return (
      <div className="space-y-6">
        <h1 className="text-3xl font-semibold sm:text-4xl">Audit</h1>
        <PageProblem what="This settlement" reason={loaded.reason} watch={watch} />
      </div>
    )
  }
  if (!loaded.data) notFound()
  const { auction, settled, madeAt, lot, unit, leaves } = loaded.data
  return (
    <div className="space-y-10">
      <header className="space-y-3">
        <p className="text-sm">
          <Link href="/audit" className="inline-block py-1 underline">
            All settlements
          </Link>
        </p>
        <h1 className="text-3xl font-semibold sm:text-4xl">How “{lot.title}” was settled</h1>
        <p className="text-muted max-w-prose">
          <Link href={`/auctions/${id}`} className="underline">
            The auction’s own page
          </Link>{' '}
          says what is for sale. This one says why its outcome is right, as far as that can be shown.
        </p>
      </header>
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
        <div className="min-w-0 space-y-10">
          <LiveCheck id={id} />
          <AnchorSearch id={id} />
        </div>
        <div className="min-w-0 space-y-10">
          <Claim auction={auction} settled={settled} unit={unit ?? { symbol: 'base units', decimals: 0 }} />
          <Drawing auction={auction} settled={settled} leaves={leaves} />
          <CommandLine id={id} hasProof={settled.proof.state === 'available'} />
        </div>
      </div>
      <LiveUpdates watch={watch} subject={{ auctions: [id] }} madeAt={madeAt} />
    </div>
  )
}
