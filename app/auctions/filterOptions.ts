import type { Phase } from '../api/v1/_schemas/auction'

/** What the catalogue can be narrowed to, in the words of its form. The values are those of the URL. */
export const PHASE_OPTIONS = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'closed', label: 'Closed' },
  { value: 'settled', label: 'Settled' },
  { value: 'final', label: 'Final' },
  { value: 'voided', label: 'Void' },
] as const satisfies readonly { value: Phase | 'all'; label: string }[]

export const RULE_OPTIONS = [
  { value: 'FIRST_PRICE', label: 'Pays its own price' },
  { value: 'SECOND_PRICE', label: 'Pays the second price' },
] as const

export const LOT_OPTIONS = [
  { value: 'ERC721', label: 'Single pieces' },
  { value: 'ERC1155', label: 'Editions' },
  { value: 'ERC20', label: 'Amounts' },
] as const

export const SORT_OPTIONS = [
  { value: 'phase', label: 'What can be bid on first' },
  { value: 'closing', label: 'Closing soonest' },
  { value: 'newest', label: 'Newest' },
  { value: 'bids', label: 'Most sealed bids' },
] as const
