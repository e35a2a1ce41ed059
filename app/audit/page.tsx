import type { Metadata } from 'next'
import { load } from '../_server/pageData'
import { readAuditList } from '../_server/readAudit'
import { LiveUpdates } from '../_ui/LiveUpdates'
import { PageProblem } from '../_ui/PageProblem'
import { AuditList } from './AuditList'
import { AuditFilterForm } from './AuditFilterForm'
import { AuditRooms } from './AuditRooms'
import { auditQuery, parseAuditFilters } from './auditFilters'

export const metadata: Metadata = { title: 'Audit' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Every settlement, to be checked by whoever likes. */
export default async function AuditPage({ searchParams }: Props) {
  const filters = parseAuditFilters(await searchParams)
  const loaded = await load((db) => readAuditList(db, filters))
  const file = (format: string) => `/api/v1/settlements/export${auditQuery({ ...filters, after: null }, { format })}`
  return (
    <div className="space-y-6">
      <div>
        <h1 className="text-3xl font-semibold sm:text-4xl">Audit</h1>
        <p className="text-muted mt-2 max-w-prose">
          Every settlement of an auction. Open one to check it in your own browser: who won and at what price follows
          from sealed bids that nobody has to show you.
        </p>
      </div>
      <AuditRooms here="/audit" />
      <AuditFilterForm filters={filters} />
      {loaded.ok ? (
        <>
          <AuditList filters={filters} {...loaded.data} />
          <p className="text-sm">
            All that these filters leave, as a file:{' '}
            <a href={file('csv')} className="inline-block py-1 underline">
              CSV
            </a>{' '}
            or{' '}
            <a href={file('json')} className="inline-block py-1 underline">
              JSON
            </a>
            . Each line names its block’s hash.
          </p>
          <LiveUpdates watch="/settlements?limit=1" madeAt={loaded.data.madeAt} />
        </>
      ) : (
        <PageProblem what="The list of settlements" reason={loaded.reason} watch="/settlements?limit=1" />
      )}
    </div>
  )
}
