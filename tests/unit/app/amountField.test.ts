import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { AmountField, type AmountFieldProps } from '../../../app/_ui/AmountField'
import { spellings } from '../../../app/_ui/spellings'

const DUSD = { symbol: 'DUSD', decimals: 6 }
const nothing = () => undefined

function draw(change: Partial<AmountFieldProps>): string {
  const props = { label: 'Amount', hint: 'A hint', unit: DUSD, value: '', error: undefined, checked: true }
  return renderToStaticMarkup(createElement(AmountField, { ...props, onChange: nothing, onLeave: nothing, ...change }))
}

/** The words of the elements that the input says describe it. */
function described(markup: string): string[] {
  const ids = /aria-describedby="([^"]*)"/.exec(markup)?.[1]?.split(' ') ?? []
  return ids.map((id) => {
    const rest = markup.slice(markup.indexOf(` id="${id}"`))
    return rest
      .slice(rest.indexOf('>') + 1, rest.search(/<\/(p|div)>/))
      .replace(/<[^>]+>/g, ' ')
      .trim()
  })
}

describe('AmountField', () => {
  it('is a text that a phone offers digits and its own decimal mark for', () => {
    const markup = draw({})
    expect(markup).toMatch(/<input[^>]* type="text"/)
    expect(markup).toMatch(/<input[^>]* inputMode="decimal"/i)
    expect(markup).toContain('aria-invalid="false"')
    expect(described(markup)).toEqual(['A hint'])
  })

  it('asks which of two is meant, with an answer of each', () => {
    const error = 'Do you mean 1.5 or 1,500?'
    const markup = draw({ value: '1,500', error })
    expect(markup).toContain('aria-invalid="true"')
    expect(described(markup)).toEqual([error, '1.5 DUSD  1,500 DUSD', 'A hint'])
    expect(markup.match(/<button type="button"[^>]*>[^<]*/g)).toHaveLength(2)
  })

  it('says how it read what is not written as the reader would', () => {
    expect(described(draw({ value: '1,5' }))).toEqual(['Read as 1.5 DUSD.', 'A hint'])
    expect(described(draw({ value: '1500' }))).toEqual(['Read as 1,500.00 DUSD.', 'A hint'])
    expect(described(draw({ value: '1.5' }))).toEqual(['A hint'])
  })

  it('says nothing before it is checked', () => {
    for (const value of ['1,5', '1,500', 'abc']) {
      const markup = draw({ value, error: 'Wrong.', checked: false })
      expect(described(markup)).toEqual(['A hint'])
      expect(markup).toContain('aria-invalid="false"')
      expect(markup).not.toContain('<button')
    }
  })
})

describe('spellings', () => {
  it('keep the decimal mark that was typed, and leave no second reading', () => {
    expect(spellings('1,500', ['1.5', '1500'])).toEqual([
      { value: '1.5', text: '1,5' },
      { value: '1500', text: '1500' },
    ])
    expect(spellings('$2.495', ['2.495', '2495']).map(({ text }) => text)).toEqual(['2.4950', '2495'])
  })
})
