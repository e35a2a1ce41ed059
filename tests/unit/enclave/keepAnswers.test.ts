import { describe, expect, it } from 'vitest'
import { keepAnswers } from '../../../lib/enclave/keepAnswers'

describe('kept answers', () => {
  it('are asked for again once more others were asked for than are kept', async () => {
    const asked: number[] = []
    const answer = keepAnswers(2, (key: number) => Promise.resolve(asked.push(key)))
    for (const key of [1, 2, 1, 3, 1, 2]) await answer(key)
    expect(asked).toEqual([1, 2, 3, 2])
  })

  it('stay, where somebody asked anew before all had heard of the failure', async () => {
    let asked = 0
    const answer = keepAnswers(2, () => (++asked === 1 ? Promise.reject(new Error('away')) : Promise.resolve(asked)))
    // The first that hears of it asks again at once, before the second's own handling of the same failure.
    const again = answer('key').catch(() => answer('key'))
    await expect(answer('key')).rejects.toThrow('away')
    expect(await again).toBe(2)
    expect(await answer('key')).toBe(2)
  })
})
