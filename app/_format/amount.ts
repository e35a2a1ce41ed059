import { formatUnits, parseUnits } from 'viem/utils'
import { UINT32_MAX } from '../../lib/protocol/constants'

/** A currency as people write it. */
export type Unit = { symbol: string; decimals: number }

/** @returns an exact amount with thin groups of thousands and its symbol: `1,250.5 DEMO`. */
export function formatAmount(amount: bigint, { symbol, decimals }: Unit): string {
  const [whole = '0', fraction] = formatUnits(amount, decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return `${grouped}${fraction ? `.${fraction}` : ''} ${symbol}`
}

const ROUGH_DECIMALS = 4

/**
 * @returns an amount cut after four decimals, for what is told in passing, like a wallet's balance after fees. Never
 * for what someone pays or gets.
 */
export function formatRough(amount: bigint, unit: Unit): string {
  const cut = 10n ** BigInt(Math.max(0, unit.decimals - ROUGH_DECIMALS))
  return formatAmount(amount < cut ? amount : amount - (amount % cut), unit)
}

export type ParsedAmount = { ok: true; amount: bigint } | { ok: false; reason: string }

/** Reads an amount a person typed, exactly: no rounding, no signs, no exponents. */
export function parseAmount(text: string, { symbol, decimals }: Unit): ParsedAmount {
  const plain = text.trim().replaceAll(',', '')
  if (plain === '') return { ok: false, reason: 'Enter an amount.' }
  if (!/^\d+(\.\d+)?$|^\.\d+$/.test(plain)) return { ok: false, reason: `Enter a number of ${symbol}, like 12.5.` }
  const fraction = plain.split('.')[1] ?? ''
  if (fraction.replace(/0+$/, '').length > decimals) {
    return { ok: false, reason: `${symbol} has at most ${decimals} decimals.` }
  }
  return { ok: true, amount: parseUnits(plain, decimals) }
}

export type ParsedPrice = { ok: true; ticks: number; amount: bigint } | { ok: false; reason: string }

/**
 * Reads a price a person typed and checks that it is a whole number of ticks. PROTOCOL.md section 2.
 * @param tickSize Base units a tick, positive.
 */
export function parsePrice(text: string, tickSize: bigint, unit: Unit): ParsedPrice {
  const parsed = parseAmount(text, unit)
  if (!parsed.ok) return parsed
  const ticks = parsed.amount / tickSize
  if (parsed.amount % tickSize !== 0n) {
    const below = formatAmount(ticks * tickSize, unit)
    const above = formatAmount((ticks + 1n) * tickSize, unit)
    return { ok: false, reason: `Prices go in steps of ${formatAmount(tickSize, unit)}: try ${below} or ${above}.` }
  }
  if (ticks === 0n) return { ok: false, reason: `The least price is ${formatAmount(tickSize, unit)}.` }
  if (ticks >= BigInt(UINT32_MAX)) {
    return { ok: false, reason: `The highest price is ${formatAmount((BigInt(UINT32_MAX) - 1n) * tickSize, unit)}.` }
  }
  return { ok: true, ticks: Number(ticks), amount: parsed.amount }
}
