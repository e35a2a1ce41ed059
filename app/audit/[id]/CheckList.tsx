import { CheckRows, type CheckRow } from '../CheckRows'
import { bidOf, checkInWords } from './checkInWords'

/** More bids than this are folded away; those that failed are always seen. */
const MOST_SEEN = 12

/** Every check of an auction with its question, its answer and the evidence. */
export function CheckList({ checks }: { checks: readonly CheckRow[] }) {
  const chain = checks.filter(({ name }) => bidOf(name) === null)
  const bids = checks.filter(({ name }) => bidOf(name) !== null)
  const failed = bids.filter(({ ok }) => !ok)
  const fold = bids.length > MOST_SEEN
  const words = checkInWords
  return (
    <div className="space-y-6">
      <p className="text-muted max-w-prose text-sm">
        Each check with what was found. In what was found, bids have the chain’s own numbers, which begin at 0.
      </p>
      <CheckRows title="The settlement" checks={chain} words={words} />
      <CheckRows title={fold ? 'Bids that failed' : 'Bid by bid'} checks={fold ? failed : bids} words={words} />
      {fold ? (
        <details>
          <summary className="min-h-11 py-2.5 text-sm underline">Bid by bid, all {bids.length}</summary>
          <CheckRows title="Bid by bid" checks={bids} words={words} />
        </details>
      ) : null}
    </div>
  )
}
