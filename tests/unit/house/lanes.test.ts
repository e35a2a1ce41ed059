import { describe, expect, it } from 'vitest'
import { runInLanes, type Job } from '../../runner/lanes'
import { STAGES, selectStages } from '../../runner/stages'

/** Jobs that end when told to, and which of them run. */
function workshop(wishes: readonly { cores: number; uses?: string }[]) {
  const running = new Set<number>()
  const ends: (() => void)[] = []
  const jobs: Job<number>[] = wishes.map((wish, index) => ({
    ...wish,
    run: () =>
      new Promise((resolve) => {
        running.add(index)
        ends[index] = () => {
          running.delete(index)
          resolve(index)
        }
      }),
  }))
  const end = async (index: number) => {
    ends[index]?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { jobs, running, end }
}

describe('lanes', () => {
  it('fill the cores and no more, in order, and give results in order', async () => {
    const { jobs, running, end } = workshop([{ cores: 1 }, { cores: 1 }, { cores: 1 }])
    const all = runInLanes(jobs, 2)
    expect([...running]).toEqual([0, 1])
    await end(1)
    expect([...running]).toEqual([0, 2])
    await end(2)
    await end(0)
    expect(await all).toEqual([0, 1, 2])
  })

  it('let a job overtake one that does not fit yet', async () => {
    const { jobs, running, end } = workshop([{ cores: 1 }, { cores: 2 }, { cores: 1 }])
    const all = runInLanes(jobs, 2)
    expect([...running]).toEqual([0, 2])
    await end(0)
    expect([...running]).toEqual([2])
    await end(2)
    expect([...running]).toEqual([1])
    await end(1)
    expect(await all).toEqual([0, 1, 2])
  })

  it('keep apart what uses the same thing', async () => {
    const { jobs, running, end } = workshop([
      { cores: 1, uses: 'a' },
      { cores: 1, uses: 'a' },
      { cores: 1, uses: 'b' },
    ])
    const all = runInLanes(jobs, 2)
    expect([...running]).toEqual([0, 2])
    await end(2)
    expect([...running]).toEqual([0])
    await end(0)
    expect([...running]).toEqual([1])
    await end(1)
    await all
  })

  it('run alone what asks for more cores than there are', async () => {
    const { jobs, running, end } = workshop([{ cores: 1 }, { cores: 8 }])
    const all = runInLanes(jobs, 2)
    expect([...running]).toEqual([0])
    await end(0)
    expect([...running]).toEqual([1])
    await end(1)
    await all
  })

  it('reject when a job does, and are done at once without any', async () => {
    const fails: Job<number> = { cores: 1, run: () => Promise.reject(new Error('broken')) }
    await expect(runInLanes([fails], 2)).rejects.toThrow('broken')
    expect(await runInLanes([], 2)).toEqual([])
  })
})

describe('stages', () => {
  it('are all of them without a name, and those that are named in their own order', () => {
    expect(selectStages([]).stages).toEqual(STAGES)
    expect(selectStages(['e2e', 'format']).stages.map(({ name }) => name)).toEqual(['format', 'e2e'])
    expect(selectStages(['integration']).stages.map(({ name }) => name)).toEqual(['heavy', 'light'])
  })

  it('tells names that mean none', () => {
    expect(selectStages(['format', 'e2']).unknown).toEqual(['e2'])
  })
})
