/** How long a test file took, in seconds. */
export type FileTime = { file: string; seconds: number }

/**
 * How many tests did what, a line for each that failed, and how long each file took. A stage without tests of its own
 * counts as one failed test if it fails, else as none.
 */
export type Totals = {
  passed: number
  failed: number
  skipped: number
  failures: readonly string[]
  files: readonly FileTime[]
}

export const NOTHING: Totals = { passed: 0, failed: 0, skipped: 0, failures: [], files: [] }

export function add(a: Totals, b: Totals): Totals {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
    files: [...a.files, ...b.files],
  }
}

/** The last line of a test run, read by CI. */
export function summarise({ passed, failed, skipped }: Pick<Totals, 'passed' | 'failed' | 'skipped'>): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** A line for each of the `most` files that took longest, longest first. */
export function slowest({ files }: Pick<Totals, 'files'>, most: number): string[] {
  return [...files]
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, most)
    .map(({ file, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${file}`)
}

/** A program that ended badly without a failed test failed all the same: a crash, a missing file, a timeout. */
export function withExitCode(totals: Totals, code: number): Totals {
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals
}
