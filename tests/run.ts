import { runStages } from './runner/runStages'
import { STAGE_NAMES, selectStages } from './runner/stages'

/** The whole check, or the stages that are named. */
const { stages, unknown } = selectStages(process.argv.slice(2))
if (unknown.length > 0) {
  console.error(`No such stage: ${unknown.join(', ')}. There are ${STAGE_NAMES.join(', ')}.`)
  process.exitCode = 2
} else {
  process.exitCode = (await runStages(stages)) ? 0 : 1
}
