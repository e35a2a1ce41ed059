import { RULES } from '../auctions/rules'
import type { SettlementEntry } from '../api/v1/_schemas/settlement'

/** What the list's address asks for. `after`: where the page begins. */
export type AuditFilters = {
  proof: SettlementEntry['proof']['state'] | null
  rule: SettlementEntry['rule'] | null
  q: string
  after: string | null
}

type Query = Record<string, string | string[] | undefined>

const PROOFS = ['available', 'missing', 'none'] as const

const oneOf = <Value extends string>(values: readonly Value[], given: string): Value | null =>
  values.find((value) => value === given) ?? null

/** Reads the list's address. What it does not understand counts as not asked. */
export function parseAuditFilters(query: Query): AuditFilters {
  const text = (name: string) => {
    const value = query[name]
    return (typeof value === 'string' ? value : '').trim()
  }
  return {
    proof: oneOf(PROOFS, text('proof')),
    rule: oneOf(Object.keys(RULES) as SettlementEntry['rule'][], text('rule')),
    q: text('q').slice(0, 80),
    after: text('after').slice(0, 300) || null,
  }
}

/** The filters as a query: of this list, of its export, or of the next page. Without filters, the empty string. */
export function auditQuery(filters: Partial<AuditFilters>, more: Record<string, string> = {}): string {
  const { proof, rule, q, after } = filters
  const given = Object.entries({ proof, rule, q, after, ...more }).flatMap(([name, value]) =>
    value ? [[name, value] as [string, string]] : [],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}
