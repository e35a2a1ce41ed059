import type { SettlementVerdict } from '../../../lib/protocol/proof/verifySettlement'
import { bidOf, checkInWords } from './checkInWords'

type Check = SettlementVerdict['checks'][number]

/** More bids than this are folded away; those that failed are always seen. */
const MOST_SEEN = 12

/** Every check with its question, its answer and the evidence. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const chain = checks.filter(({ name }) => bidOf(name) === null)
  const bids = checks.filter(({ name }) => bidOf(name) !== null)
  const failed = bids.filter(({ ok }) => !ok)
  const fold = bids.length > MOST_SEEN
  return (
    <div className="space-y-6">
      <p className="text-muted max-w-prose text-sm">
        Each check with what was found. In what was found, bids have the chain’s own numbers, which begin at 0.
      </p>
      <List title="The settlement" checks={chain} />
      {fold ? <List title="Bids that failed" checks={failed} /> : <List title="Bid by bid" checks={bids} />}
      {fold ? (
        <details>
          <summary className="min-h-11 py-2.5 text-sm underline">Bid by bid, all {bids.length}</summary>
          <List title="Bid by bid" checks={bids} />
        </details>
      ) : null}
    </div>
  )
}

function List({ title, checks }: { title: string; checks: readonly Check[] }) {
  if (checks.length === 0) return null
  return (
    <div className="space-y-2">
      <h3 className="text-lg font-semibold">{title}</h3>
      <ul className="divide-rule border-rule divide-y border-y">
        {checks.map((check) => (
          <li key={check.name} data-check={check.name} className="grid grid-cols-[1.5rem_1fr] gap-x-2 py-2.5 text-sm">
            <span className={check.ok ? 'text-good' : 'text-bad'}>
              <span aria-hidden="true">{check.ok ? '✓' : '✗'}</span>
              <span className="sr-only">{check.ok ? 'Passed:' : 'Failed:'}</span>
            </span>
            <div className="min-w-0">
              <p>{checkInWords(check)}</p>
              <p className="text-muted wrap-anywhere">
                <code className="font-mono text-[0.92em]">{check.name}</code>: {check.detail}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
