import type { Address } from 'viem'
import { Button } from '../_ui/Button'
import { CatalogueForm } from './CatalogueForm'
import { LOT_OPTIONS, RULE_OPTIONS, SORT_OPTIONS } from './filterOptions'
import { isNarrowed, type Filters } from './filters'

export type Currency = { value: Address; label: string }

/** Search, filters and order. `key`s, so that fields follow the address when one goes back. */
export function CatalogueFilters({ filters, currencies }: { filters: Filters; currencies: readonly Currency[] }) {
  const { rule, lot, currency, seller } = filters
  return (
    <CatalogueForm key={JSON.stringify(filters)}>
      {filters.phase === 'open' ? null : <input type="hidden" name="phase" value={filters.phase} />}
      <div className="flex flex-wrap gap-3">
        <label className="min-w-52 flex-[3]">
          <span className="sr-only">Search titles, token numbers and addresses</span>
          <input
            type="search"
            name="q"
            className="input"
            placeholder="Search titles, numbers, addresses"
            maxLength={80}
            defaultValue={filters.q}
          />
        </label>
        <Button type="submit">Search</Button>
        <div className="min-w-48 flex-1">
          <Select name="sort" label="Order" value={filters.sort} options={SORT_OPTIONS} />
        </div>
      </div>
      <details open={isNarrowed({ ...filters, q: '' })} className="text-sm">
        <summary className="text-muted inline-flex min-h-11 items-center underline underline-offset-4">
          Narrow by rule, lot, currency or seller
        </summary>
        <div className="grid gap-3 pt-2 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_1.4fr]">
          <Select name="rule" label="Highest bid" any="By any rule" value={rule} options={RULE_OPTIONS} />
          <Select name="lot" label="Lot" any="Of any kind" value={lot} options={LOT_OPTIONS} />
          <Select name="currency" label="Paid in" any="Any currency" value={currency} options={currencies} />
          <label className="block space-y-1">
            <span className="text-muted">Seller’s address</span>
            <input
              name="seller"
              className="input font-mono"
              placeholder="0x…"
              pattern="0x[0-9a-fA-F]{40}"
              title="0x and 40 digits"
              autoComplete="off"
              spellCheck={false}
              defaultValue={seller ?? ''}
            />
          </label>
        </div>
      </details>
    </CatalogueForm>
  )
}

type SelectProps = {
  name: string
  label: string
  /** What to call no choice; without it, there always is one. */
  any?: string
  value: string | null
  options: readonly { value: string; label: string }[]
}

function Select({ name, label, any, value, options }: SelectProps) {
  const listed = value === null || options.some((option) => option.value === value)
  return (
    <label className="block space-y-1">
      <span className={any ? 'text-muted' : 'sr-only'}>{label}</span>
      <select name={name} className="input" defaultValue={value ?? ''}>
        {any ? <option value="">{any}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
        {listed ? null : <option value={value}>{value}</option>}
      </select>
    </label>
  )
}
