import { formatAmount, type Unit } from './amount'
import { ownFormat } from './ownFormat'
import { readNumber } from './readNumber'
import { unitWords } from './unitWords'

/** The unit that a field is in. `words`: what may stand beside its numbers, where that is not its symbol and signs. */
export type FieldUnit = Unit & { words?: readonly string[] }

/** An end of what a field takes, in base units, and what to say beyond it. */
export type Bound = { amount: bigint; reason: string }

export type Bounds = {
  unit: FieldUnit
  /** Base units: what an amount is a whole number of. */
  step?: bigint
  /** What goes in such steps, as a sentence begins with it. */
  things?: string
  least?: Bound | undefined
  most?: Bound | undefined
}

export type ParsedAmount = { ok: true; amount: bigint } | { ok: false; reason: string }

/** What may stand beside a number of this unit. */
export function wordsOf({ symbol, words }: FieldUnit): readonly string[] {
  return words ?? unitWords(symbol)
}

/** What to ask where a text can be read in two ways. */
export function questionOf([first, second]: readonly [string, string], locale?: string): string {
  return `Do you mean ${ownFormat(first, locale)} or ${ownFormat(second, locale)}?`
}

/** Reads an amount that a person typed, exactly, in base units: nothing is rounded, and nothing that is unclear is read. */
export function parseAmount(text: string, { unit, step = 1n, things, least, most }: Bounds): ParsedAmount {
  if (text.trim() === '') return refused('Enter an amount.')
  const read = readNumber(text, wordsOf(unit))
  if (read.kind === 'refused') return refused(read.reason)
  if (read.kind === 'unclear') return refused(questionOf(read.values))
  const [whole = '0', fraction = ''] = read.value.split('.')
  const { decimals } = unit
  // In base units, cut: `isWhole` says whether anything was.
  const amount = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'))
  const isWhole = fraction.length <= decimals
  if (least && amount < least.amount) return refused(least.reason)
  if (most && (amount > most.amount || (amount === most.amount && !isWhole))) return refused(most.reason)
  const below = amount - (amount % step)
  if (isWhole && below === amount) return { ok: true, amount }
  const near = [below, below + step]
    .filter((value) => value >= (least?.amount ?? 0n) && (!most || value <= most.amount))
    .map((value) => formatAmount(value, unit).trim())
  const hint = near.length > 0 ? `: try ${near.join(' or ')}.` : '.'
  if (step > 1n) return refused(`${things ?? 'Amounts'} go in steps of ${formatAmount(step, unit).trim()}${hint}`)
  return refused(
    decimals === 0 ? `Whole numbers only${hint}` : `${unit.symbol} has at most ${decimals} decimals${hint}`,
  )
}

function refused(reason: string): ParsedAmount {
  return { ok: false, reason }
}
