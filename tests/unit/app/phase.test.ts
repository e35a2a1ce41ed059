import { describe, expect, it } from 'vitest'
import { phaseOf } from '../../../app/_data/phase'
import { formatSpan } from '../../../app/_format/time'

const auction = { params: { closesAt: 100, settleBy: 200 }, settlement: null, voided: false }
const at = (block: number, now = block) => ({ block, now })

describe('phaseOf', () => {
  it('goes by the block, and says so while the clock is ahead of it', () => {
    expect(phaseOf(auction, at(99))).toBe('open')
    expect(phaseOf(auction, at(99, 100))).toBe('closing')
    expect(phaseOf(auction, at(100))).toBe('closed')
    expect(phaseOf(auction, at(199, 230))).toBe('closed')
    expect(phaseOf(auction, at(200))).toBe('overdue')
  })

  it('is final from challengeUntil on, however late', () => {
    const settled = { ...auction, settlement: { challengeUntil: 300 } }
    expect(phaseOf(settled, at(299, 305))).toBe('settled')
    expect(phaseOf(settled, at(300))).toBe('final')
  })

  it('stays void', () => {
    expect(phaseOf({ ...auction, voided: true }, at(50))).toBe('voided')
  })
})

describe('formatSpan', () => {
  it.each([
    [-5, '0 s'],
    [9, '9 s'],
    [60, '1 min'],
    [189, '3 min 09 s'],
    [7_260, '2 h 1 min'],
    [86_400, '1 d'],
    [180_000, '2 d 2 h'],
  ])('%i s is %s', (seconds, text) => {
    expect(formatSpan(seconds)).toBe(text)
  })
})
