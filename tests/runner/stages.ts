import { execute, executeBin, type Sink } from './execute'
import { runForge } from './forge'
import { NOTHING, add, withExitCode, type Totals } from './totals'
import { runVitest } from './vitest'

/**
 * A part of the whole check.
 *
 * cores: how many of the machine's cores it keeps busy; a stage that mostly waits takes one, whatever it starts.
 * uses: what only one stage at a time may use.
 * run: the work itself; what it says goes to the sink, or to the terminal where there is none.
 */
export type Stage = {
  name: string
  title: string
  cores: number
  uses?: string
  run: (sink?: Sink) => Promise<Totals>
}

/** Caches may be stale: types that changed in one file are not seen in another's. They serve at home, never in CI. */
const caches = !process.env['CI']
const LINT_CACHE = ['--cache', '--cache-strategy', 'content', '--cache-location', 'node_modules/.cache/eslint/']

/** A check that has no tests to count: only whether it passes. */
export const passes = async (run: Promise<{ code: number }>): Promise<Totals> => withExitCode(NOTHING, (await run).code)

/** Lints files or folders. One that the rules leave out, and that is named, is passed over. */
export const checkLint = (paths: readonly string[], sink?: Sink): Promise<Totals> => {
  const flags = ['--max-warnings', '0', '--no-warn-ignored', ...(caches ? LINT_CACHE : [])]
  return passes(executeBin('eslint/bin/eslint.js', [...paths, ...flags], { sink }))
}

/** Two runs, each of two files at a time: stacks that files share need not stand beside those that others start for themselves. */
async function runBrowserTests(sink?: Sink): Promise<Totals> {
  const together = await runVitest('together', ['tests/e2e'], { sink })
  return add(together, await runVitest('alone', ['tests/e2e/alone'], { sink }))
}

/** The longest first, then cheap and telling before dear; the browser, which is slow where something competes, last. */
export const STAGES: readonly Stage[] = [
  {
    name: 'heavy',
    title: 'Integration: process trees, one file at a time',
    cores: 1,
    run: (sink) => runVitest('heavy', ['tests/integration'], { sink }),
  },
  {
    name: 'format',
    title: 'Formatting',
    cores: 1,
    run: (sink) => passes(executeBin('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.'], { sink })),
  },
  {
    name: 'lint',
    title: 'Lint and import rules',
    cores: 1,
    run: (sink) => checkLint(['.'], sink),
  },
  {
    name: 'types',
    title: 'Types',
    cores: 1,
    run: (sink) =>
      passes(executeBin('typescript/bin/tsc', ['-p', 'tsconfig.json', '--incremental', String(caches)], { sink })),
  },
  {
    name: 'unit',
    title: 'Unit, property and differential',
    cores: 1,
    run: (sink) => runVitest('pure', ['tests/unit', 'tests/property', 'tests/differential'], { sink }),
  },
  {
    name: 'abi',
    title: 'ABIs are what the contracts give',
    cores: 1,
    uses: 'contracts/out',
    run: (sink) => passes(execute(process.execPath, ['contracts/script/generateAbi.mjs', '--check'], { sink })),
  },
  {
    name: 'contracts',
    title: 'Contracts: unit, fuzz, invariant',
    cores: 1,
    uses: 'contracts/out',
    run: runForge,
  },
  {
    name: 'gas',
    title: 'Gas within its snapshot',
    cores: 1,
    uses: 'contracts/out',
    run: (sink) => passes(execute(process.execPath, ['contracts/script/gas.mjs'], { sink })),
  },
  {
    name: 'light',
    title: 'Integration: chains and databases',
    cores: 1,
    run: (sink) => runVitest('light', ['tests/integration', 'tests/property/indexer'], { sink }),
  },
  { name: 'e2e', title: 'Browser', cores: 2, run: runBrowserTests },
]

/** Names for several stages at once. */
const GROUPS: Record<string, readonly string[]> = { integration: ['heavy', 'light'] }

export type Selection = { stages: readonly Stage[]; unknown: readonly string[] }

/** The stages that some names mean, in their own order; all of them without a name. */
export function selectStages(names: readonly string[]): Selection {
  if (names.length === 0) return { stages: STAGES, unknown: [] }
  const wanted = names.flatMap((name) => GROUPS[name] ?? [name])
  const known = new Set(STAGES.map(({ name }) => name))
  return {
    stages: STAGES.filter(({ name }) => wanted.includes(name)),
    unknown: wanted.filter((name) => !known.has(name)),
  }
}

/** Every name that a person may give. */
export const STAGE_NAMES: readonly string[] = [...STAGES.map(({ name }) => name), ...Object.keys(GROUPS)]
