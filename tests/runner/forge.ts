import { join } from 'node:path'
import { z } from 'zod'
import { foundryBinary } from '../../lib/dev/anvil'
import { ROOT, execute, type Sink } from './execute'
import { NOTHING, withExitCode, type Totals } from './totals'

const resultSchema = z.object({ status: z.enum(['Success', 'Failure', 'Skipped']), reason: z.string().nullish() })

/** `forge test --json`: suite -> test -> result. */
const reportSchema = z.record(z.string(), z.object({ test_results: z.record(z.string(), resultSchema) }))

export type ForgeFailure = { suite: string; test: string; reason: string }

export function countForge(json: string): { totals: Totals; failures: ForgeFailure[] } {
  const suites = Object.entries(reportSchema.parse(JSON.parse(json)))
  const results = suites.flatMap(([suite, { test_results }]) =>
    Object.entries(test_results).map(([test, result]) => ({ suite, test, ...result })),
  )
  const count = (status: string) => results.filter((result) => result.status === status).length
  const failures = results
    .filter(({ status }) => status === 'Failure')
    .map(({ suite, test, reason }) => ({ suite, test, reason: reason ?? 'no reason given' }))
  const totals = {
    passed: count('Success'),
    failed: count('Failure'),
    skipped: count('Skipped'),
    failures: failures.map(({ suite, test, reason }) => `${suite} > ${test}: ${reason}`),
    files: [],
  }
  return { totals, failures }
}

export async function runForge(sink?: Sink): Promise<Totals> {
  const options = { cwd: join(ROOT, 'contracts'), capture: true, sink }
  // One thread: another stage has the other core.
  const { code, stdout } = await execute(foundryBinary('forge'), ['test', '--json', '--threads', '1'], options)
  try {
    const { totals, failures } = countForge(stdout)
    for (const { suite, test, reason } of failures) console.error(`  ${suite} ${test}: ${reason}`)
    if (totals.passed + totals.failed === 0) throw new Error('Forge ran no test.')
    return withExitCode(totals, code)
  } catch (error) {
    console.error(stdout.trim() === '' ? 'Forge said nothing.' : stdout)
    console.error(error instanceof z.ZodError ? 'This is not a report of Forge.' : error)
    return { ...NOTHING, failed: 1 }
  }
}
