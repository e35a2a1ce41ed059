import { formatAmount, type Unit } from './amount'

/** How a market's prices and sizes are written: its tokens, and its steps in their base units. PROTOCOL.md section 2. */
export type Quotation = { base: Unit; quote: Unit; tickSize: bigint; lotSize: bigint }

/**
 * @returns base units of the base token that a price is quoted for: one whole token, or one lot where a token is no
 * whole number of lots, so that a price is always exact.
 */
export function quotedFor({ base, lotSize }: Quotation): bigint {
  const whole = 10n ** BigInt(base.decimals)
  return whole % lotSize === 0n ? whole : lotSize
}

/** One tick of the quoted price, in base units of the quote token. */
export function priceStep(quotation: Quotation): bigint {
  return quotation.tickSize * (quotedFor(quotation) / quotation.lotSize)
}

/** What a price is the price of: `DUSD per SILK`, or `DUSD per 3 SILK`. */
export function priceUnit(quotation: Quotation): string {
  const { base, quote } = quotation
  const amount = quotedFor(quotation)
  const whole = 10n ** BigInt(base.decimals)
  return `${quote.symbol} per ${amount === whole ? base.symbol : formatAmount(amount, base)}`
}

/** A price of so many ticks, exact, with the quote token's symbol. */
export function formatPrice(ticks: number, quotation: Quotation): string {
  return formatAmount(BigInt(ticks) * priceStep(quotation), quotation.quote)
}

/** A price without its symbol, for columns that name it once. */
export function formatPriceNumber(ticks: number, quotation: Quotation): string {
  return withoutSymbol(formatPrice(ticks, quotation))
}

/** So many lots in the base token. */
export function formatSize(lots: number | bigint, { base, lotSize }: Quotation): string {
  return formatAmount(BigInt(lots) * lotSize, base)
}

/** A size without its symbol, for columns that name it once. */
export function formatSizeNumber(lots: number | bigint, quotation: Quotation): string {
  return withoutSymbol(formatSize(lots, quotation))
}

/** Lots at a price of so many ticks, in base units of the quote token: price x quantity x tickSize. */
export function paymentOf(lots: number | bigint, ticks: number, { tickSize }: Quotation): bigint {
  return BigInt(lots) * BigInt(ticks) * tickSize
}

function withoutSymbol(text: string): string {
  return text.slice(0, text.lastIndexOf(' '))
}
