/**
 * How many tests did what, and a line for each that failed. A stage without tests of its own counts as one failed test
 * if it fails, else as none.
 */
export type Totals = { passed: number; failed: number; skipped: number; failures: readonly string[] }

export const NOTHING: Totals = { passed: 0, failed: 0, skipped: 0, failures: [] }

export function add(a: Totals, b: Totals): Totals {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  }
}

/** The last line of a test run, read by CI. */
export function summarise({ passed, failed, skipped }: Omit<Totals, 'failures'>): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** A program that ended badly without a failed test failed all the same: a crash, a missing file, a timeout. */
export function withExitCode(totals: Totals, code: number): Totals {
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals
}
