import { UINT32_MAX } from '../../lib/protocol/constants'
import { formatAmount, type Unit } from './amount'
import { parseAmount, type Bound } from './parseAmount'

export type ParsedPrice = { ok: true; ticks: number; amount: bigint } | { ok: false; reason: string }

/** The most ticks that a price has: one more means that nothing was sold. PROTOCOL.md section 6. */
export const MOST_TICKS = BigInt(UINT32_MAX) - 1n

/** Where a price is bounded by more than the protocol: a reserve, or what is locked. Whole ticks, in base units. */
export type PriceBounds = { least?: Bound | undefined; most?: Bound | undefined }

/**
 * Reads a price a person typed and checks that it is a whole number of ticks. PROTOCOL.md section 2.
 * @param tickSize Base units a tick, positive.
 */
export function parsePrice(text: string, tickSize: bigint, unit: Unit, bounds: PriceBounds = {}): ParsedPrice {
  const most = MOST_TICKS * tickSize
  const parsed = parseAmount(text, {
    unit,
    step: tickSize,
    things: 'Prices',
    least: bounds.least ?? { amount: tickSize, reason: `The least price is ${formatAmount(tickSize, unit)}.` },
    most: bounds.most ?? { amount: most, reason: `The highest price is ${formatAmount(most, unit)}.` },
  })
  return parsed.ok ? { ...parsed, ticks: Number(parsed.amount / tickSize) } : parsed
}
