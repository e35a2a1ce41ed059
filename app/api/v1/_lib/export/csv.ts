/** What a spreadsheet takes for the beginning of a formula, or for an invisible way to one. */
const DANGEROUS = /^[=+\-@\t\r]/

/**
 * One cell of a CSV file, RFC 4180: quoted where it has to be. A cell that a spreadsheet might run as a formula gets an
 * apostrophe before it, which spreadsheets hide and take for "this is text".
 *
 * @example csvCell('=HYPERLINK("x")') // `"'=HYPERLINK(""x"")"`
 */
export function csvCell(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value)
  const safe = DANGEROUS.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line with its end. */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
