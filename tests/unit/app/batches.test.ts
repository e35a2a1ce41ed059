import { describe, expect, it } from 'vitest'
import { batchAt, batchPhase, endOfBatch, type BatchFacts } from '../../../app/_data/batches'

const market = { startsAt: 1_000, batchLength: 30 }
const facts: BatchFacts = { batchId: 2, challengeUntil: null, settleBy: 1_160, status: 'open' }
const at = (block: number, now = block) => ({ block, now })

describe('the clock of a market', () => {
  it('numbers batches from 1, each with its first second and without its last', () => {
    expect([1_000, 1_029, 1_030, 1_059, 1_060].map((time) => batchAt(market, time))).toEqual([1, 1, 2, 2, 3])
    expect(batchAt(market, 990)).toBe(1)
    expect(endOfBatch(market, 2)).toBe(1_060)
  })

  it('tells a batch that is over by the clock from one that a block has ended', () => {
    expect(batchPhase(market, facts, at(1_059))).toBe('open')
    expect(batchPhase(market, facts, at(1_058, 1_061))).toBe('closing')
    expect(batchPhase(market, facts, at(1_060))).toBe('waiting')
    expect(batchPhase(market, facts, at(1_160))).toBe('late')
  })

  it('tells settled, ready, final and void apart', () => {
    const settled = { ...facts, challengeUntil: 1_100 }
    expect(batchPhase(market, settled, at(1_099, 1_101))).toBe('settled')
    expect(batchPhase(market, settled, at(1_100))).toBe('ready')
    expect(batchPhase(market, { ...settled, status: 'final' }, at(1_100))).toBe('final')
    expect(batchPhase(market, { ...facts, status: 'void' }, at(1_200))).toBe('void')
  })
})
