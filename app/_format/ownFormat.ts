import { readNumber } from './readNumber'

/**
 * A number as the reader's country writes it, every digit of it.
 *
 * @param value A plain decimal, as `readNumber` gives it.
 * @param locale The reader's, unless named.
 */
export function ownFormat(value: string, locale?: string): string {
  const [whole = '0', fraction] = value.split('.')
  const format = new Intl.NumberFormat(locale, { numberingSystem: 'latn' })
  const mark = format.formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.'
  return format.format(BigInt(whole)) + (fraction ? mark + fraction : '')
}

/** As `ownFormat`, with zeros behind it where it could be read in two ways: `1.500,00`. */
export function plainOwnFormat(value: string, locale?: string): string {
  const short = ownFormat(value, locale)
  if (readNumber(short).kind !== 'unclear') return short
  const [whole = '0', fraction] = value.split('.')
  const mark = ownFormat('0.5', locale).slice(1, -1)
  return fraction ? `${short}0` : `${ownFormat(whole, locale)}${mark}00`
}
