import { formatUnits } from 'viem/utils'

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
