/** A check as every verifier gives it. */
export type CheckRow = { name: string; ok: boolean; detail: string }

type Props = { title: string; checks: readonly CheckRow[]; words: (check: CheckRow) => string }

/** Checks with their question, their answer and the evidence. */
export function CheckRows({ title, checks, words }: Props) {
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
              <p>{words(check)}</p>
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
