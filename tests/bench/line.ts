import { cpus } from 'node:os'
import { z } from 'zod'

const name = z.string().regex(/^[a-z0-9][a-z0-9 ._,/-]{0,79}$/i)
const measure = z.number().positive()

/**
 * One figure, as a bench prints it: a line of JSON. `baseline` is the same quantity of what it is compared with, measured
 * in the same run on the same machine, and `ratio` how many times better than that. What else a bench says of a figure
 * is passed on.
 */
const figureSchema = z
  .looseObject({
    bench: name,
    case: z.string().min(1).max(120),
    value: measure,
    unit: z.string().min(1).max(40),
    baseline: measure.optional(),
    ratio: measure.optional(),
  })
  .refine((line) => (line.baseline === undefined) === (line.ratio === undefined), 'baseline and ratio go together')
export type Figure = z.output<typeof figureSchema>

const processors = cpus()
const machine = { node: process.version, cpu: `${processors.length} x ${processors[0]?.model.trim() ?? 'unknown'}` }

/** The line with the machine's name on it. @throws where the text is no figure. */
export function completeLine(text: string): string {
  return JSON.stringify({ ...figureSchema.parse(JSON.parse(text)), ...machine })
}

/** Prints a figure on standard output. */
export function report(figure: Figure): void {
  process.stdout.write(`${JSON.stringify(figure)}\n`)
}
