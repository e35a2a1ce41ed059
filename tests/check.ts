import { parseArgs } from 'node:util'
import { changedFiles } from './runner/changedFiles'
import { executeBin, type Sink } from './runner/execute'
import { runStages } from './runner/runStages'
import { STAGES, checkLint, passes, type Stage } from './runner/stages'

/**
 * What to run before every commit: format and lint of what changed, types, and the pure tests.
 *
 * `--since COMMIT`: what changed since then, in place of what is not in the upstream yet.
 */
const { values } = parseArgs({ options: { since: { type: 'string' } } })
const files = await changedFiles(values.since)
const code = files.filter((file) => /\.(ts|tsx|js|mjs)$/.test(file))
console.log(`${files.length} files changed.`)

const format = (sink?: Sink) =>
  passes(
    executeBin('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '--ignore-unknown', ...files], { sink }),
  )
const OVERRIDES: Record<string, Stage['run'] | undefined> = { format, lint: (sink) => checkLint(code, sink) }
/** Nothing to look at for a stage that looks at files: without a name its program would look at nothing, or at all. */
const IDLE: Record<string, boolean> = { format: files.length === 0, lint: code.length === 0 }

const stages = STAGES.filter(({ name }) => ['format', 'lint', 'types', 'unit'].includes(name) && !IDLE[name])
process.exitCode = (await runStages(stages.map((stage) => ({ ...stage, run: OVERRIDES[stage.name] ?? stage.run }))))
  ? 0
  : 1
