import { execute, executeBin } from './runner/execute'
import { runForge } from './runner/forge'
import { NOTHING, add, summarise, withExitCode, type Totals } from './runner/totals'
import { runVitest } from './runner/vitest'

/** A check that has no tests to count: only whether it passes. */
const check = async (run: Promise<{ code: number }>): Promise<Totals> => withExitCode(NOTHING, (await run).code)

type Stage = { name: string; title: string; run: () => Promise<Totals> }

/** Two runs: a stack that several files share need not stand beside those that the others start for themselves. */
async function runBrowserTests(): Promise<Totals> {
  const together = await runVitest(['tests/e2e'], ['--project=together', '--no-file-parallelism'])
  return add(together, await runVitest(['tests/e2e/alone'], ['--project=alone', '--no-file-parallelism']))
}

/** Two files at a time of those that mostly wait, then one at a time of those that want the machine for themselves. */
async function runIntegrationTests(): Promise<Totals> {
  const light = await runVitest(['tests/integration'], ['--project=light'])
  return add(light, await runVitest(['tests/integration'], ['--project=heavy']))
}

/** Cheap and telling first, the browser last. */
const STAGES: Stage[] = [
  {
    name: 'format',
    title: 'Formatting',
    run: () => check(executeBin('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.'])),
  },
  {
    name: 'lint',
    title: 'Lint and import rules',
    run: () => check(executeBin('eslint/bin/eslint.js', ['.', '--max-warnings', '0'])),
  },
  { name: 'types', title: 'Types', run: () => check(executeBin('typescript/bin/tsc', ['-p', 'tsconfig.json'])) },
  {
    name: 'abi',
    title: 'ABIs are what the contracts give',
    run: () => check(execute(process.execPath, ['contracts/script/generateAbi.mjs', '--check'])),
  },
  { name: 'contracts', title: 'Contracts: unit, fuzz, invariant', run: runForge },
  {
    name: 'gas',
    title: 'Gas within its snapshot',
    run: () => check(execute(process.execPath, ['contracts/script/gas.mjs'])),
  },
  {
    name: 'unit',
    title: 'Unit, property and differential',
    run: () => runVitest(['tests/unit', 'tests/property', 'tests/differential']),
  },
  { name: 'integration', title: 'Integration', run: runIntegrationTests },
  { name: 'e2e', title: 'Browser', run: runBrowserTests },
]

async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name))
  if (unknown.length > 0) {
    console.error(`No such stage: ${unknown.join(', ')}. There are ${STAGES.map(({ name }) => name).join(', ')}.`)
    process.exitCode = 2
    return
  }
  const stages = wanted.length === 0 ? STAGES : STAGES.filter(({ name }) => wanted.includes(name))
  const failed: string[] = []
  let totals = NOTHING
  for (const [index, { name, title, run }] of stages.entries()) {
    console.log(`\n[${index + 1}/${stages.length}] ${title}`)
    const start = performance.now()
    const result = await run().catch((error: unknown) => {
      console.error(error)
      return { ...NOTHING, failed: 1 }
    })
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(`${result.failed === 0 ? 'ok' : 'FAILED'} (${seconds} s)`)
    if (result.failed > 0) failed.push(name)
    totals = add(totals, result)
  }
  // The end of a long log is all that some people get to see: it says what failed.
  for (const failure of totals.failures) console.log(`\n× ${failure}`)
  console.log(failed.length === 0 ? '\nEverything passed.' : `\nFailed: ${failed.join(', ')}`)
  console.log(summarise(totals))
  process.exitCode = failed.length === 0 ? 0 : 1
}

await main(process.argv.slice(2))
