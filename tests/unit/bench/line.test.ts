import { describe, expect, it } from 'vitest'
import { completeLine } from '../../bench/line'

const figure = { bench: 'opening', case: 'one bid', value: 2.5, unit: 'ms' }
const complete = (line: object) => JSON.parse(completeLine(JSON.stringify(line))) as Record<string, unknown>

describe('a line of a bench', () => {
  it('is passed on with all that it says, and the machine’s name', () => {
    const line = { ...figure, baseline: 5, ratio: 2, bids: 100 }
    expect(complete(line)).toMatchObject({
      ...line,
      node: process.version,
      cpu: expect.stringMatching(/^\d+ x ./) as string,
    })
  })

  it.each([
    ['without a case', { case: undefined }],
    ['without a unit', { unit: '' }],
    ['whose value is text', { value: '2.5' }],
    ['whose value is nothing', { value: 0 }],
    ['whose value is no number, as JSON has it', { value: NaN }],
    ['with a ratio to nothing', { ratio: 2 }],
    ['with a baseline and no ratio', { baseline: 5 }],
    ['of a bench with a name that is none', { bench: 'a\nb' }],
  ])('%s is refused', (_what, change) => {
    expect(() => complete({ ...figure, ...change })).toThrow()
  })

  it.each(['', 'ready', '[]', 'null', '{"bench":'])('that reads %j is refused', (text) => {
    expect(() => completeLine(text)).toThrow()
  })
})
