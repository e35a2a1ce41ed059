import type { Check } from '../proof/check'

/**
 * `void`: nobody settled it in time. `struck`: its settlement was taken back, and it waits for another. `waiting`: ended,
 * and not settled.
 */
export type BatchStanding = 'final' | 'settled' | 'void' | 'struck' | 'waiting' | 'open'

export interface BatchVerdict {
  /** Everything that a chain can show was checked, and nothing is wrong. What it cannot show is in `unproven`. */
  ok: boolean
  checks: Check[]
  status: BatchStanding
  /** Orders placed in the batch. */
  orders: number
  /** Orders that it filled, of this batch and earlier ones. */
  fills: number
  /** Orders of the batch that are invalid on public evidence. */
  invalid: number
  /** What rests on the enclave's word: see `UNPROVEN`; `carried` where its list was not there to be checked. */
  unproven: string[]
}

/** What version 1 proves to nobody of a settled batch: it has no bundle for markets. PROTOCOL.md section 11. */
export const UNPROVEN = [
  /** That of the prices inside the band this one was right. */
  'which-price',
  /** That nobody paid more, or got less, than his limit. */
  'limits',
  /** That the lots were shared by the rule, minimum fills and fill-or-kill kept, and no order overfilled. */
  'allocation',
  /** Why each order was filled or not: the list that carriedHash names says it, and the chain bounds it. */
  'dispositions',
] as const
