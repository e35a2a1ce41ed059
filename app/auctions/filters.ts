import type { Address } from 'viem'
import type { Phase } from '../api/v1/_schemas/auction'
import { LOT_OPTIONS, PHASE_OPTIONS, RULE_OPTIONS, SORT_OPTIONS } from './filterOptions'

/** What the catalogue shows, as its URL says it. Defaults are left out of the URL. */
export type Filters = {
  phase: Phase | 'all'
  rule: (typeof RULE_OPTIONS)[number]['value'] | null
  lot: (typeof LOT_OPTIONS)[number]['value'] | null
  currency: Address | null
  seller: Address | null
  /** Words of a title, a token number, or an address or number of an auction. */
  q: string
  sort: (typeof SORT_OPTIONS)[number]['value']
  /** How many lots are asked for at most, from `after` on. */
  show: number
  /** Where the list begins: a place that an earlier list ended at. */
  after: string | null
}

export const PAGE_SIZE = 24
/** Beyond this, the list goes on at a page of its own. */
export const MOST_SHOWN = 96
const LONGEST_SEARCH = 80

type Search = Readonly<Record<string, string | readonly string[] | undefined>>

/** Reads a URL that anyone may have written: what it does not understand, it leaves out. */
export function parseFilters(search: Search): Filters {
  const show = Number(one(search, 'show'))
  return {
    phase: choice(PHASE_OPTIONS, one(search, 'phase')) ?? 'open',
    rule: choice(RULE_OPTIONS, one(search, 'rule')),
    lot: choice(LOT_OPTIONS, one(search, 'lot')),
    currency: address(one(search, 'currency')),
    seller: address(one(search, 'seller')),
    q: one(search, 'q').trim().slice(0, LONGEST_SEARCH),
    sort: choice(SORT_OPTIONS, one(search, 'sort')) ?? 'phase',
    show: Number.isInteger(show) && show > PAGE_SIZE ? Math.min(show, MOST_SHOWN) : PAGE_SIZE,
    after: /^[0-9]\.[A-Za-z0-9_-]{0,300}$/.test(one(search, 'after')) ? one(search, 'after') : null,
  }
}

/** The address of the catalogue under these filters, shortest form. */
export function filtersToPath(filters: Filters): string {
  const query = new URLSearchParams()
  if (filters.phase !== 'open') query.set('phase', filters.phase)
  for (const name of ['rule', 'lot', 'currency', 'seller'] as const) {
    const value = filters[name]
    if (value !== null) query.set(name, value)
  }
  if (filters.q) query.set('q', filters.q)
  if (filters.sort !== 'phase') query.set('sort', filters.sort)
  if (filters.show !== PAGE_SIZE) query.set('show', String(filters.show))
  if (filters.after) query.set('after', filters.after)
  const text = query.toString()
  return text ? `/auctions?${text}` : '/auctions'
}

/** Other filters are another list, which begins at its beginning. */
export function changeFilters(filters: Filters, change: Partial<Omit<Filters, 'show' | 'after'>>): Filters {
  return { ...filters, ...change, show: PAGE_SIZE, after: null }
}

/** Whether anything but phase and order narrows the list. */
export function isNarrowed({ rule, lot, currency, seller, q }: Filters): boolean {
  return Boolean(rule ?? lot ?? currency ?? seller) || q !== ''
}

function one(search: Search, name: string): string {
  const value = search[name]
  return (typeof value === 'string' ? value : value?.[0]) ?? ''
}

function choice<Value extends string>(options: readonly { value: Value }[], text: string): Value | null {
  return options.find(({ value }) => value === text)?.value ?? null
}

function address(text: string): Address | null {
  return /^0x[0-9a-fA-F]{40}$/.test(text.trim()) ? (text.trim() as Address) : null
}
