import { UINT32_MAX } from '../../lib/protocol/constants'
import { formatAmount } from './amount'
import { parseAmount } from './parseAmount'
import { parsePrice, type ParsedPrice } from './parsePrice'
import { priceStep, type Quotation } from './quotation'

export type ParsedSize = { ok: true; lots: number; amount: bigint } | { ok: false; reason: string }

/** Reads a price a person typed and checks that it is a whole number of ticks. */
export function parseQuotedPrice(text: string, quotation: Quotation): ParsedPrice {
  return parsePrice(text, priceStep(quotation), quotation.quote)
}

/**
 * Reads a size a person typed and checks that it is a whole number of lots, at least one.
 * @param mostLots Of what the size is a part of, and what to say of more.
 */
export function parseSize(
  text: string,
  { base, lotSize }: Quotation,
  most: { lots: number; reason: string } = {
    lots: UINT32_MAX,
    reason: `The largest size is ${formatAmount(BigInt(UINT32_MAX) * lotSize, base)}.`,
  },
): ParsedSize {
  const parsed = parseAmount(text, {
    unit: base,
    step: lotSize,
    things: 'Sizes',
    least: { amount: lotSize, reason: `The least size is ${formatAmount(lotSize, base)}.` },
    most: { amount: BigInt(most.lots) * lotSize, reason: most.reason },
  })
  return parsed.ok ? { ...parsed, lots: Number(parsed.amount / lotSize) } : parsed
}
