import { expect, it, vi } from 'vitest'
import { readProcessState, whatChanged } from '../../fixtures/processState'
import { withSignEntropy } from '../../fixtures/signEntropy'

const none = () => false

it.each<[what: string, set: () => () => void, found: string[]]>([
  ['nothing', () => () => undefined, []],
  ['a variable of the environment', () => (vi.stubEnv('LEFT', 'x'), vi.unstubAllEnvs), ['process.env.LEFT']],
  ['another value of one', () => (vi.stubEnv('NODE_ENV', 'x'), vi.unstubAllEnvs), ['process.env.NODE_ENV']],
  ['a global', () => (vi.stubGlobal('left', 1), vi.unstubAllGlobals), ['globalThis.left']],
  ['another fetch', () => (vi.stubGlobal('fetch', 1), vi.unstubAllGlobals), ['globalThis.fetch']],
  ['a listener', () => (process.on('SIGHUP', none), () => process.off('SIGHUP', none)), ['listeners.SIGHUP']],
])('what a test leaves behind is named: %s', async (_what, set, found) => {
  const before = await readProcessState()
  const reset = set()
  try {
    expect(whatChanged(before, await readProcessState(), none)).toEqual(found)
  } finally {
    reset()
  }
  expect(whatChanged(before, await readProcessState(), none)).toEqual([])
})

it('what a test leaves behind is named: fake timers, and signatures that vary', async () => {
  const before = await readProcessState()
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  try {
    expect(whatChanged(before, await readProcessState(), none)).toContain('timers are fake')
  } finally {
    vi.useRealTimers()
  }
  const varied = await withSignEntropy(readProcessState)
  expect(whatChanged(before, varied, none)).toEqual(['viem signs otherwise'])
  expect(whatChanged(before, await readProcessState(), none)).toEqual([])
})

it('what a library puts there when it is first loaded is passed over; what it replaces is not', async () => {
  const before = await readProcessState()
  const gained = {
    ...before,
    globals: new Map([...before.globals, ['library', 1], ['fetch', 2]] as [string, unknown][]),
  }
  expect(whatChanged(before, gained, () => true)).toEqual(['globalThis.fetch'])
})
