import { cpus } from 'node:os'
import { z } from 'zod'

const name = z.string().regex(/^[a-z0-9][a-z0-9 ._,/-]{0,79}$/i)
const measure = z.number().positive()

/**
 * One figure, as a line of JSON. `baseline` is the same quantity of what it is compared with, measured in the same run
 * on the same machine, and `ratio` how many times better than that: a figure without both says nothing elsewhere.
 */
export const lineSchema = z
  .strictObject({
    bench: name,
    case: name,
    value: measure,
    unit: z.string().regex(/^[a-z%/ ]{1,24}$/i),
    baseline: measure.optional(),
    ratio: measure.optional(),
    /** What the baseline is. */
    against: z.string().min(1).max(120).optional(),
    node: z.string().regex(/^v\d+\.\d+\.\d+/),
    cpu: z.string().min(1),
  })
  .refine((line) => (line.baseline === undefined) === (line.ratio === undefined), 'baseline and ratio go together')
  .refine((line) => (line.baseline === undefined) === (line.against === undefined), 'a baseline is of something')
export type BenchLine = z.output<typeof lineSchema>

/** A figure as a bench has it, before the machine is named. */
export type Figure = Omit<BenchLine, 'node' | 'cpu'>

/** @throws ZodError where the text is no figure. */
export function parseLine(text: string): BenchLine {
  return lineSchema.parse(JSON.parse(text))
}

/** Prints a figure on standard output, with this machine's name on it. */
export function report(figure: Figure): void {
  const processors = cpus()
  const cpu = `${processors.length} x ${processors[0]?.model.trim() ?? 'unknown'}`
  process.stdout.write(`${JSON.stringify(lineSchema.parse({ ...figure, node: process.version, cpu }))}\n`)
}
