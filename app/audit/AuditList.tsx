import Link from 'next/link'
import { formatAmount, type Unit } from '../_format/amount'
import { shortHex } from '../_format/hex'
import { Moment } from '../_ui/Moment'
import { Notice } from '../_ui/Notice'
import { ProofTag } from '../_ui/ProofTag'
import { RULES } from '../auctions/rules'
import type { SettlementEntry } from '../api/v1/_schemas/settlement'
import { auditQuery, type AuditFilters } from './auditFilters'

type Entry = { entry: SettlementEntry; title: string; unit: Unit | null }
type Props = { entries: readonly Entry[]; next: string | null; filters: AuditFilters }

/** A page of settlements, newest first. */
export function AuditList({ entries, next, filters }: Props) {
  if (entries.length === 0) {
    return (
      <Notice title="No settlement here.">
        <p>
          <Link href="/audit" className="underline">
            Show all settlements
          </Link>
          .
        </p>
      </Notice>
    )
  }
  return (
    <div className="space-y-4">
      <ul className="divide-rule border-rule divide-y border-y">
        {entries.map(({ entry, title, unit }) => (
          <li key={`${entry.auctionId}-${entry.round}`}>
            <Link
              href={`/audit/${entry.auctionId}`}
              className="hover:bg-rule/30 grid gap-x-4 gap-y-1 py-3 text-sm sm:grid-cols-[1fr_auto_auto] sm:items-center"
            >
              <span>
                <span className="block font-serif text-lg font-semibold wrap-anywhere">{title}</span>
                <span className="text-muted">
                  <span className="font-mono">{shortHex(entry.auctionId)}</span> · {RULES[entry.rule].name},{' '}
                  {entry.count} {entry.count === 1 ? 'bid or change' : 'bids and changes'}, {outcomeOf(entry, unit)}
                </span>
              </span>
              <Moment at={entry.origin.time} className="text-muted" />
              <span>
                <ProofTag proof={entry.proof} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="flex gap-6 text-sm">
        {filters.after ? (
          <Link href={`/audit${auditQuery({ ...filters, after: null })}`} className="inline-block py-2 underline">
            Newest
          </Link>
        ) : null}
        {next ? (
          <Link href={`/audit${auditQuery({ ...filters, after: next })}`} className="inline-block py-2 underline">
            Older ones
          </Link>
        ) : null}
      </p>
    </div>
  )
}

function outcomeOf({ paid, clearingPrice }: SettlementEntry, unit: Unit | null): string {
  if (clearingPrice === null) return 'not sold'
  return `sold for ${formatAmount(BigInt(paid), unit ?? { symbol: 'base units', decimals: 0 })}`
}
