import { formatAmount, type Unit } from './amount'
import { parseAmount, type ParsedAmount } from './parseAmount'

/** From the wallet into a contract, or back. */
export type Direction = 'in' | 'out'

/** Base units that there are to move, and where they are, as a sentence about them ends. */
export type Source = { amount: bigint; place: string }

/**
 * Reads an amount to move, in base units: more than nothing, and no more than there is.
 * @param direction Null: it is not known yet which way.
 */
export function parseMove(
  text: string,
  unit: Unit,
  sources: Record<Direction, Source>,
  direction: Direction | null,
): ParsedAmount {
  const source = direction && sources[direction]
  return parseAmount(text, {
    unit,
    least: { amount: 1n, reason: 'Enter more than nothing.' },
    most: source
      ? { amount: source.amount, reason: `There is only ${formatAmount(source.amount, unit)} ${source.place}.` }
      : undefined,
  })
}
