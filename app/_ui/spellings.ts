/**
 * How each of two readings is written so that it has no other, with the decimal mark that was typed.
 *
 * @param text What was typed: a number with one mark and three digits behind it, and perhaps a unit.
 * @param values Its readings, as `readNumber` gives them.
 */
export function spellings(text: string, values: readonly [string, string]): { value: string; text: string }[] {
  const mark = text.includes(',') ? ',' : '.'
  return values.map((value) => {
    const [whole = '', fraction] = value.split('.')
    // Three decimals would look like a thousand again; four do not.
    return { value, text: fraction ? whole + mark + (fraction.length === 3 ? `${fraction}0` : fraction) : whole }
  })
}
