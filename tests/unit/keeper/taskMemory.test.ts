import { describe, expect, it } from 'vitest'
import { isOver, nextPause } from '../../../lib/keeper/backoff'
import { staggerOf } from '../../../lib/keeper/stagger'

describe('a pause', () => {
  it('grows with every failure, up to ten minutes', () => {
    let pause = nextPause(undefined, 0)
    const lengths = [pause.until]
    for (let failure = 1; failure < 12; ++failure) lengths.push((pause = nextPause(pause, 0)).until)
    expect(lengths.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000])
    expect(lengths.at(-1)).toBe(600_000)
    expect(pause.failures).toBe(12)
  })

  it('is over in its time, and at once where the clock was put back', () => {
    const pause = { failures: 1, until: 1_000_000 }
    expect(isOver(pause, 999_999)).toBe(false)
    expect(isOver(pause, 1_000_000)).toBe(true)
    expect(isOver(pause, 300_000)).toBe(true)
    expect(isOver(undefined, 0)).toBe(true)
  })
})

describe('a keeper’s turn', () => {
  it('is its own for each task, spread over all blocks, and none where it is alone', () => {
    const one = `0x${'11'.repeat(20)}` as const
    const other = `0x${'22'.repeat(20)}` as const
    const tasks = Array.from({ length: 200 }, (_, index) => `task ${index}`)
    const turns = (keeper: typeof one) => tasks.map((task) => staggerOf(task, keeper, 4))
    expect(new Set(turns(one))).toEqual(new Set([0, 1, 2, 3, 4]))
    expect(turns(one)).toEqual(turns(one))
    const ties = turns(one).filter((turn, index) => turn === turns(other)[index]).length
    expect(ties).toBeLessThan(80)
    expect(tasks.map((task) => staggerOf(task, one, 0)).every((turn) => turn === 0)).toBe(true)
  })
})
