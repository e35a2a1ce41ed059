import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvCell, csvLine } from '../../../app/api/v1/_lib/export/csv'

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ['plain', 'plain'],
  ['a=b', 'a=b'],
  ['one, two', '"one, two"'],
  ['two\nlines', '"two\nlines"'],
])('%j is written as %j', (value, cell) => expect(csvCell(value)).toBe(cell))

test('numbers, truths and nothing', () => {
  expect(csvLine([1, true, null, 'x'])).toBe('1,true,,x\r\n')
  expect(csvCell(-1)).toBe("'-1")
})

test('whatever is written, a reader gets back, and no cell begins as a formula does', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(...['=', '+', '-', '@', '\t', '\r', '\n', '"', ',']),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), (values) => {
      const lines: string[][] = parse(csvLine(values), { relax_column_count: true, recordDelimiter: '\r\n' })
      const [cells] = lines
      expect(cells?.map((cell, index) => (cell === values[index] ? cell : cell.slice(1)))).toEqual(values)
      for (const cell of cells ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})
