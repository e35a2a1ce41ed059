import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Chains, databases and browsers are started for real by some tests, on machines of two slow cores.
    testTimeout: 90_000,
    hookTimeout: 240_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'tests/e2e/**'],
        },
      },
      {
        // Browser tests that open lots of their own on one stack, which starts before the first and ends after the last.
        extends: true,
        test: { name: 'together', include: ['tests/e2e/*.test.ts'], globalSetup: ['tests/e2e/support/sharedHouse.ts'] },
      },
      // Browser tests that need a stack as it begins, or stop its parts.
      { extends: true, test: { name: 'alone', include: ['tests/e2e/alone/*.test.ts'] } },
    ],
  },
})
