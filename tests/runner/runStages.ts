import { type Sink } from './execute'
import { runInLanes } from './lanes'
import { type Stage } from './stages'
import { NOTHING, add, slowest, summarise, type Totals } from './totals'

/** Two lanes, on two cores or more: tests that wait for one another's processes were written for no more. */
const LANES = 2

/** How many of the slowest files the end of a whole run names. */
const SLOWEST = 20

type Outcome = { name: string; totals: Totals }

/**
 * Runs a stage. Where several may run at once, what one says is kept until it ends and printed in one piece; a stage that
 * runs alone says it as it goes.
 */
async function runStage({ name, title, run }: Stage, keepsOutput: boolean): Promise<Outcome> {
  const said: Buffer[] = []
  const sink: Sink | undefined = keepsOutput ? (chunk) => said.push(chunk) : undefined
  console.log(`> ${title} (${name}) ...`)
  const start = performance.now()
  const totals = await run(sink).catch((error: unknown) => {
    console.error(error)
    return { ...NOTHING, failed: 1 }
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const counted = totals.passed + totals.failed > 0 ? `: ${summarise(totals)}` : ''
  if (said.length > 0) process.stdout.write(Buffer.concat(said))
  console.log(`[${title}] ${totals.failed === 0 ? 'ok' : 'FAILED'} (${seconds} s)${counted}`)
  return { name, totals }
}

/**
 * Runs stages in two lanes, and ends with what took long, what failed and the line that CI reads.
 * @returns Whether everything passed.
 */
export async function runStages(stages: readonly Stage[]): Promise<boolean> {
  const jobs = stages.map((stage) => ({ ...stage, run: () => runStage(stage, stages.length > 1) }))
  const outcomes = await runInLanes(jobs, LANES)
  const totals = outcomes.reduce((sum, outcome) => add(sum, outcome.totals), NOTHING)
  const failed = outcomes.filter((outcome) => outcome.totals.failed > 0).map(({ name }) => name)
  // The end of a long log is all that some people get to see: it says what took long and what failed.
  if (totals.files.length > 0) console.log(`\nSlowest files:\n${slowest(totals, SLOWEST).join('\n')}`)
  for (const failure of totals.failures) console.log(`\n× ${failure}`)
  console.log(failed.length === 0 ? '\nEverything passed.' : `\nFailed: ${failed.join(', ')}`)
  console.log(summarise(totals))
  return failed.length === 0
}
