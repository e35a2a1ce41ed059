import { Tag } from '../../_ui/Tag'
import type { Check, Severity } from './dangerousTerms'

const TAGS: Record<Severity, { tone: 'bad' | 'warn' | 'plain'; word: string }> = {
  danger: { tone: 'bad', word: 'danger' },
  care: { tone: 'warn', word: 'take care' },
  note: { tone: 'plain', word: 'note' },
}

/** What to think about before opening the auction; null while a field cannot be read. */
export function CheckPanel({ checks }: { checks: readonly Check[] | null }) {
  return (
    <section aria-labelledby="checks" className="space-y-3">
      <h2 id="checks" className="text-xl font-semibold">
        Before you open it
      </h2>
      {checks === null ? (
        <p className="text-muted text-sm">Fill in the form, and what could go wrong with these terms is said here.</p>
      ) : (
        <ul className="divide-rule border-rule divide-y border-y text-sm">
          {checks.map(({ severity, title, why }) => (
            <li key={title} className="space-y-1 py-3">
              <p className="flex flex-wrap items-center gap-2 font-semibold">
                <Tag tone={TAGS[severity].tone}>{TAGS[severity].word}</Tag> {title}
              </p>
              <p className="text-muted">{why}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
