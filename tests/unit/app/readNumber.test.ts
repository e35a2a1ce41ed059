import { describe, expect, it } from 'vitest'
import { readNumber } from '../../../app/_format/readNumber'
import { unitWords } from '../../../app/_format/unitWords'

const read = (text: string, symbol = 'DUSD') => readNumber(text, unitWords(symbol))

describe('readNumber', () => {
  it.each([
    ['1,5', '1.5'],
    ['1.5', '1.5'],
    ['0,5', '0.5'],
    [',5', '0.5'],
    ['.5', '0.5'],
    ['3.', '3'],
    ['3,', '3'],
    ['007', '7'],
    ['1.50', '1.5'],
    ['12,50', '12.5'],
    ['1500', '1500'],
    ['1,500.00', '1500'],
    ['1.500,00', '1500'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['1,234.567', '1234.567'],
    ['1.234,567', '1234.567'],
    ['1.500,', '1500'],
    ['1 500', '1500'],
    ['1 500,5', '1500.5'],
    ['1 500.250', '1500.25'],
    ['1\u00a0500', '1500'],
    ['1\u202f500', '1500'],
    ['1\u2009500', '1500'],
    ["1'500", '1500'],
    ['1’500.05', '1500.05'],
    ['1,50,000', '150000'],
    ['12,34,56,789.5', '123456789.5'],
    // Four digits, or a group that begins with nothing, are no thousands.
    ['1234,500', '1234.5'],
    ['0,500', '0.5'],
    ['0.123', '0.123'],
    ['1,5000', '1.5'],
    [' \t12.5\n', '12.5'],
    [`${'9'.repeat(78)}.${'1'.repeat(18)}`, `${'9'.repeat(78)}.${'1'.repeat(18)}`],
  ])('reads %j as %s', (text, value) => {
    expect(read(text)).toEqual({ kind: 'number', value })
  })

  it.each([
    ['1,500', ['1.5', '1500']],
    ['1.500', ['1.5', '1500']],
    ['999,999', ['999.999', '999999']],
    ['2.495', ['2.495', '2495']],
    ['1,500 DUSD', ['1.5', '1500']],
    ['$1.500', ['1.5', '1500']],
  ])('asks about %j', (text, values) => {
    expect(read(text)).toEqual({ kind: 'unclear', values })
  })

  it.each([
    ['1,5 DUSD', 'DUSD'],
    ['1.5dusd', 'DUSD'],
    ['DUSD 1.5', 'DUSD'],
    ['$1.5', 'DUSD'],
    ['$ 1,5 DUSD', 'DUSD'],
    ['1.5\u00a0$', 'USDC'],
    ['1.5 Ξ', 'ETH'],
    ['Ξ1.5', 'ETH'],
    ['1,5 eth', 'ETH'],
    ['€1,5', 'EURC'],
    ['1,5 zł', 'zł'],
  ])('strips the unit that the field is in: %j', (text, symbol) => {
    expect(read(text, symbol)).toEqual({ kind: 'number', value: '1.5' })
  })

  it.each([
    ['', 'Enter a number.'],
    ['DUSD', 'Enter a number.'],
    ['.', 'There is no digit in it.'],
    ['abc', '“abc” does not belong here: this is in DUSD.'],
    ['3 ETH', '“ETH” does not belong here: this is in DUSD.'],
    ['€3', '“€” (U+20AC) does not belong here: this is in DUSD.'],
    ['50%', '“%” does not belong in a number.'],
    ['5k', 'Write all the digits instead of “k”.'],
    ['1.5 Mio', 'Write all the digits instead of “Mio”.'],
    ['-5', 'Leave out the minus sign: no amount is below zero.'],
    ['−5', 'Leave out the minus sign: no amount is below zero.'],
    ['(5)', 'Leave out the minus sign: no amount is below zero.'],
    ['+5', '“+” does not belong in a number.'],
    ['1e3', 'Write all the digits instead of an exponent.'],
    ['1,5E-3', 'Write all the digits instead of an exponent.'],
    ['0x10', 'Hexadecimal numbers are not read here: write it in decimal digits.'],
    ['1.2.3', 'It has two decimal marks, or thousands that are not in groups of three digits.'],
    ['1,,2', 'It has two decimal marks, or thousands that are not in groups of three digits.'],
    ['1,2,3,4', 'It has two decimal marks, or thousands that are not in groups of three digits.'],
    ['1.500.00', 'It has two decimal marks, or thousands that are not in groups of three digits.'],
    ['1,500,00', 'It has two decimal marks, or thousands that are not in groups of three digits.'],
    ['1,50,0000', 'It has two decimal marks, or thousands that are not in groups of three digits.'],
    ['1.50.000', 'It has two decimal marks, or thousands that are not in groups of three digits.'],
    ['1 5', 'Thousands go in groups of three digits, and none behind the decimal mark.'],
    ['12 50 000', 'Thousands go in groups of three digits, and none behind the decimal mark.'],
    ["1'50", 'Thousands go in groups of three digits, and none behind the decimal mark.'],
    ['0.000 001', 'Thousands go in groups of three digits, and none behind the decimal mark.'],
    ['٣', 'Write it with the digits 0 to 9: “٣” (U+0663) is not one of them.'],
    ['１２', 'Write it with the digits 0 to 9: “１” (U+FF11) is not one of them.'],
    ['1½', 'Write it with the digits 0 to 9: “½” (U+00BD) is not one of them.'],
    ['1٫5', '“٫” (U+066B) does not belong in a number.'],
    ['1\u202e5', 'It has an invisible character in it (U+202E): type it instead.'],
    ['\u200b5', 'It has an invisible character in it (U+200B): type it instead.'],
    ['5\ufeff', 'It has an invisible character in it (U+FEFF): type it instead.'],
    ['1\u00005', 'It has an invisible character in it (U+0000): type it instead.'],
    ['1'.repeat(201), 'That is too long for a number.'],
  ])('refuses %j by the name of what is wrong', (text, reason) => {
    expect(read(text)).toEqual({ kind: 'refused', reason })
  })

  it.each([
    ['5 000', '000', { kind: 'number', value: '5000' }],
    ['5 1INCH', '1INCH', { kind: 'refused', reason: 'Leave out “1INCH”.' }],
    ['5K', 'K', { kind: 'refused', reason: 'Write all the digits instead of “K”.' }],
    ['-5', '-', { kind: 'refused', reason: 'Leave out the minus sign: no amount is below zero.' }],
    ['5 000USD', '000USD', { kind: 'refused', reason: 'Leave out “000USD”.' }],
    ['5 000 USD', '000 USD', { kind: 'refused', reason: 'Leave out “000 USD”.' }],
    ['1e5', 'e5', { kind: 'refused', reason: 'Write all the digits instead of an exponent.' }],
    ['Xe0Xe', 'Xe', { kind: 'refused', reason: 'Hexadecimal numbers are not read here: write it in decimal digits.' }],
  ])('takes no part of the number for its unit: %j where the token is called %j', (text, symbol, result) => {
    expect(read(text, symbol)).toEqual(result)
  })
})
