import Link from 'next/link'
import type { Phase } from '../api/v1/_schemas/auction'
import { PHASE_OPTIONS } from './filterOptions'
import { changeFilters, filtersToPath, isNarrowed, type Filters } from './filters'

type Props = { filters: Filters; counts: Partial<Record<Phase, number>> }

/** The phases, as links. How many lots each has is said only where nothing else narrows the list. */
export function PhaseLinks({ filters, counts }: Props) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <nav aria-label="Phases" className="border-rule border-b">
      <ul className="-mb-px flex flex-wrap gap-x-5">
        {PHASE_OPTIONS.map(({ value, label }) => (
          <li key={value}>
            <Link
              href={filtersToPath(changeFilters(filters, { phase: value }))}
              scroll={false}
              prefetch={false}
              aria-current={value === filters.phase ? 'page' : undefined}
              className="text-muted hover:text-ink aria-[current=page]:text-ink aria-[current=page]:border-ink inline-flex min-h-11 items-center gap-1.5 border-b-2 border-transparent text-sm"
            >
              {label}
              {isNarrowed(filters) ? null : (
                <span className="text-muted">{value === 'all' ? total : (counts[value] ?? 0)}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
