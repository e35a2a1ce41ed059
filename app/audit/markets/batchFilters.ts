import { isHash, type Hex } from 'viem'

/** What the list's address asks for. `before`: only batches older than this one. */
export type BatchFilters = { market: Hex | null; traded: boolean; before: number | null }

type Query = Record<string, string | string[] | undefined>

/** Batches are numbered within what numbers hold exactly. */
const NUMBER = /^[1-9]\d{0,14}$/

/** A batch's number as an address has it; null for what is none. */
export function parseBatchNumber(text: string): number | null {
  return NUMBER.test(text) ? Number(text) : null
}

/** Reads the list's address. What it does not understand counts as not asked. */
export function parseBatchFilters(query: Query): BatchFilters {
  const text = (name: string) => {
    const value = query[name]
    return (typeof value === 'string' ? value : '').trim()
  }
  const market = text('market')
  return {
    market: isHash(market) ? (market.toLowerCase() as Hex) : null,
    traded: text('traded') === '1',
    before: parseBatchNumber(text('before')),
  }
}

/** The filters as a query. Without filters, the empty string. */
export function batchQuery({ market, traded, before }: Partial<BatchFilters>): string {
  const given = new URLSearchParams()
  if (market) given.set('market', market)
  if (traded) given.set('traded', '1')
  if (before) given.set('before', `${before}`)
  return given.size === 0 ? '' : `?${given.toString()}`
}
