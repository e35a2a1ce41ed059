import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import { ROOT, executeBin, type Sink } from './execute'
import { NOTHING, withExitCode, type Totals } from './totals'

/** The part of vitest's JSON report that counts. Times are Unix milliseconds. */
const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      startTime: z.number(),
      endTime: z.number(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
})

/** Enough of a message to know what went wrong, on one line. */
const firstLines = (message: string) =>
  stripVTControlCharacters(message).split('\n').slice(0, 3).join(' ').slice(0, 400)

export function countVitest(json: string): Totals {
  const report = reportSchema.parse(JSON.parse(json))
  // A file that could not even be loaded has no tests to fail.
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  const inFile = (name: string) => relative(ROOT, name)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...unloaded.map(({ name, message }) => `${inFile(name)}: ${firstLines(message ?? 'did not load')}`),
      ...report.testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map(
            (test) =>
              `${inFile(name)} > ${test.fullName}: ${firstLines(test.failureMessages?.[0] ?? 'no reason given')}`,
          ),
      ),
    ],
    files: report.testResults.map(({ name, startTime, endTime }) => ({
      file: inFile(name),
      seconds: (endTime - startTime) / 1000,
    })),
  }
}

async function hasTests(folder: string): Promise<boolean> {
  const files = await readdir(join(ROOT, folder), { recursive: true }).catch(() => [])
  return files.some((file) => /\.test\.tsx?$/.test(file))
}

/**
 * Runs the tests of one project of vitest.config.ts that lie under some folders. A folder without a single test is a
 * failure: something went missing.
 */
export async function runVitest(
  project: string,
  folders: readonly string[],
  { flags = [], sink }: { flags?: readonly string[]; sink?: Sink | undefined } = {},
): Promise<Totals> {
  for (const folder of folders) {
    if (await hasTests(folder)) continue
    console.error(`There is no test in ${folder}.`)
    return { ...NOTHING, failed: 1 }
  }
  const scratch = await mkdtemp(join(tmpdir(), 'subrosa-vitest-'))
  try {
    const output = join(scratch, 'report.json')
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${output}`]
    const paths = folders.map((folder) => `${folder}/`)
    const args = ['run', `--project=${project}`, ...paths, ...reporters, ...flags]
    const { code } = await executeBin('vitest/vitest.mjs', args, { sink })
    const json = await readFile(output, 'utf8').catch(() => undefined)
    return withExitCode(json === undefined ? NOTHING : countVitest(json), code)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
