import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../runner/execute'
import { countForge } from '../../runner/forge'
import { NOTHING, add, slowest, summarise, withExitCode } from '../../runner/totals'
import { countVitest } from '../../runner/vitest'

describe('what a test run adds up', () => {
  it('counts vitest, files that do not load included', () => {
    const json = JSON.stringify({
      numPassedTests: 7,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        {
          name: join(ROOT, 'tests/a.test.ts'),
          status: 'failed',
          startTime: 1000,
          endTime: 3500,
          assertionResults: [
            {
              status: 'failed',
              fullName: 'adds up',
              failureMessages: ['\u001b[31mError: 1 is not 2\u001b[39m\n    at a.ts:1'],
            },
          ],
        },
        {
          name: join(ROOT, 'tests/b.test.ts'),
          status: 'failed',
          message: 'no such module',
          startTime: 0,
          endTime: 0,
          assertionResults: [],
        },
        {
          name: join(ROOT, 'tests/c.test.ts'),
          status: 'passed',
          startTime: 0,
          endTime: 250,
          assertionResults: [{ status: 'passed', fullName: 'x' }],
        },
      ],
    })
    expect(countVitest(json)).toEqual({
      passed: 7,
      failed: 2,
      skipped: 3,
      failures: ['tests/b.test.ts: no such module', 'tests/a.test.ts > adds up: Error: 1 is not 2     at a.ts:1'],
      files: [
        { file: 'tests/a.test.ts', seconds: 2.5 },
        { file: 'tests/b.test.ts', seconds: 0 },
        { file: 'tests/c.test.ts', seconds: 0.25 },
      ],
    })
  })

  it('counts forge and tells why something failed', () => {
    const json = JSON.stringify({
      'test/A.t.sol:A': {
        test_results: { 'testOk()': { status: 'Success', reason: null }, 'testSkip()': { status: 'Skipped' } },
      },
      'test/B.t.sol:B': { test_results: { 'testBad()': { status: 'Failure', reason: '1 != 2' } } },
    })
    expect(countForge(json)).toEqual({
      totals: { passed: 1, failed: 1, skipped: 1, failures: ['test/B.t.sol:B > testBad(): 1 != 2'], files: [] },
      failures: [{ suite: 'test/B.t.sol:B', test: 'testBad()', reason: '1 != 2' }],
    })
  })

  it('refuses a report that is none', () => {
    expect(() => countVitest('{}')).toThrow()
    expect(() => countForge('Compiler run failed')).toThrow()
  })

  it('takes a bad exit for a failure even where every test passed', () => {
    const passed = { ...NOTHING, passed: 3 }
    expect(withExitCode(passed, 1).failed).toBe(1)
    expect(withExitCode(passed, 0)).toEqual(passed)
    expect(withExitCode({ ...passed, failed: 4 }, 1).failed).toBe(4)
  })

  it('ends in the line that CI reads', () => {
    const sum = add(
      { passed: 1, failed: 2, skipped: 3, failures: ['a'], files: [{ file: 'a', seconds: 1 }] },
      { passed: 10, failed: 20, skipped: 30, failures: ['b'], files: [{ file: 'b', seconds: 2 }] },
    )
    expect(sum.failures).toEqual(['a', 'b'])
    expect(sum.files.map(({ file }) => file)).toEqual(['a', 'b'])
    expect(summarise(sum)).toBe('11 passed, 22 failed, 33 skipped')
  })

  it('names the slowest files, the slowest first', () => {
    const files = [3, 1, 12.34, 2].map((seconds) => ({ file: `${seconds}.test.ts`, seconds }))
    expect(slowest({ files }, 3)).toEqual(['   12.3 s  12.34.test.ts', '    3.0 s  3.test.ts', '    2.0 s  2.test.ts'])
  })
})
