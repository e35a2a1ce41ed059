import { RULES } from '../auctions/rules'
import { buttonClass } from '../_ui/Button'
import type { AuditFilters } from './auditFilters'

const PROOFS = [
  ['available', 'Proofs published'],
  ['missing', 'Proofs not found'],
  ['none', 'Without proofs'],
] as const

/** A form that the address answers, scripts or not. */
export function AuditFilterForm({ filters: { proof, rule, q } }: { filters: AuditFilters }) {
  return (
    <form action="/audit" className="grid gap-4 sm:grid-cols-[2fr_1fr_1fr_auto] sm:items-end">
      <label className="block space-y-1.5 text-sm font-medium">
        <span>Auction or seller</span>
        <input name="q" defaultValue={q} placeholder="0x…" maxLength={80} className="input font-normal" />
      </label>
      <label className="block space-y-1.5 text-sm font-medium">
        <span>Proofs</span>
        <select name="proof" defaultValue={proof ?? ''} className="input font-normal">
          <option value="">All</option>
          {PROOFS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="block space-y-1.5 text-sm font-medium">
        <span>Rule</span>
        <select name="rule" defaultValue={rule ?? ''} className="input font-normal">
          <option value="">All</option>
          {Object.entries(RULES).map(([value, { name }]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className={buttonClass('quiet')}>
        Show
      </button>
    </form>
  )
}
