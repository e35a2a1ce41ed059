import { formatAmount } from '../../_format/amount'
import { parseAmount, type FieldUnit, type ParsedAmount } from '../../_format/parseAmount'

/** Seconds in the units that the form offers. */
export const SPANS = { minutes: 60, hours: 3_600, days: 86_400 } as const

type SpanUnit = keyof typeof SPANS

/** Of each unit, in hundredths: what comes to whole seconds. A twentieth of a minute is three. */
const STEPS: Record<SpanUnit, bigint> = { minutes: 5n, hours: 1n, days: 1n }
const WORDS: Record<SpanUnit, readonly string[]> = {
  minutes: ['minutes', 'minute', 'min'],
  hours: ['hours', 'hour', 'h'],
  days: ['days', 'day', 'd'],
}

/** How spans are written that were typed in this unit, to two decimals. */
export function spanUnit(name: string): FieldUnit {
  return isSpanUnit(name) ? { symbol: name, decimals: 2, words: WORDS[name] } : { symbol: name, decimals: 2 }
}

/**
 * Reads a span of time that a person typed. `1.5` hours are 5,400 seconds.
 *
 * @param name Its unit, one of `SPANS`.
 * @param least Seconds. @param mostDays In days, whatever the unit.
 * @returns `amount` in seconds.
 */
export function parseSpan(text: string, name: string, least: number, mostDays: number): ParsedAmount {
  if (!isSpanUnit(name)) return { ok: false, reason: 'Choose minutes, hours or days.' }
  const unit = spanUnit(name)
  const step = STEPS[name]
  const inUnit = (seconds: number) => BigInt(Math.ceil((seconds * 100) / SPANS[name] / Number(step))) * step
  const [fewest, most] = [inUnit(least), inUnit(mostDays * SPANS.days)]
  const fewestInWords = fewest === 100n ? `1 ${WORDS[name][1]}` : formatAmount(fewest, unit)
  const parsed = parseAmount(text, {
    unit,
    step,
    things: 'Spans',
    least: { amount: fewest, reason: `It is at least ${fewestInWords}.` },
    most: { amount: most, reason: `It is at most ${formatAmount(most, unit)}.` },
  })
  return parsed.ok ? { ok: true, amount: (parsed.amount * BigInt(SPANS[name])) / 100n } : parsed
}

function isSpanUnit(name: string): name is SpanUnit {
  return Object.hasOwn(SPANS, name)
}
