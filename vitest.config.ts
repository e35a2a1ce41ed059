import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Chains, databases and browsers are started for real by some tests, on machines of two slow cores.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})
