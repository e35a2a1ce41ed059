import { configDefaults, defineConfig } from 'vitest/config'

/** Trees of real processes, whole stacks, the linter and the bundler: each takes the machine for itself. */
const HEAVY = [
  'tests/integration/house/**/*.test.ts',
  'tests/integration/substrate/**/*.test.ts',
  'tests/integration/api/server.test.ts',
  'tests/integration/enclave/bundle.test.ts',
  'tests/integration/indexer/leadership.test.ts',
  'tests/integration/indexer/process.test.ts',
  'tests/integration/keeper/crashes.test.ts',
  'tests/integration/keeper/marketCrashes.test.ts',
  'tests/integration/keeper/processes.test.ts',
]

/** Chains and databases of their own for every file, on free ports: they wait more than they work. */
const LIGHT = ['tests/integration/**/*.test.ts', 'tests/property/indexer/**/*.test.ts']

/** A browser's test waits for one thing after the other, each as long as `PATIENCE_MS` of tests/e2e/support/until.ts. */
const BROWSER = {
  maxWorkers: 2,
  testTimeout: 900_000,
  hookTimeout: 900_000,
  expect: { poll: { timeout: 240_000, interval: 200 } },
}

export default defineConfig({
  test: {
    // For what hangs, and no measurement: chains, databases and browsers are started for real, on machines of two slow cores
    // that may have other work.
    testTimeout: 300_000,
    hookTimeout: 600_000,
    projects: [
      {
        // No I/O to speak of: files share threads and what they import, so each must leave every global as it was, and is
        // held to it.
        extends: true,
        test: {
          name: 'pure',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...LIGHT, 'tests/e2e/**'],
          pool: 'threads',
          globalSetup: ['tests/fixtures/programs.ts'],
          isolate: false,
          maxWorkers: 2,
          setupFiles: ['tests/fixtures/leaveNothing.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'light',
          include: LIGHT,
          exclude: [...configDefaults.exclude, ...HEAVY],
          globalSetup: ['tests/fixtures/programs.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'heavy',
          include: HEAVY,
          globalSetup: ['tests/fixtures/programs.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // Browser tests on stacks that outlive them. Two files at a time, each on a stack of its own: one starts for every
        // worker before the first file, and ends after the last.
        extends: true,
        test: {
          name: 'together',
          include: ['tests/e2e/*.test.ts'],
          globalSetup: ['tests/e2e/support/sharedHouses.ts'],
          ...BROWSER,
          sequence: { groupOrder: 3 },
        },
      },
      {
        // Browser tests that need a stack as it begins, or one with a Polkadot chain: each file starts its own.
        extends: true,
        test: { name: 'alone', include: ['tests/e2e/alone/*.test.ts'], ...BROWSER, sequence: { groupOrder: 4 } },
      },
    ],
  },
})
