import { createPublicClient, http } from 'viem'
import { inject } from 'vitest'
import type { E2eStack } from './e2eStack'

/**
 * The stack of the worker that runs this file, which no other file uses meanwhile. Files come to it one after the other,
 * in any order: a test opens what it needs, and reckons with lots, markets and a clock that others moved.
 */
export function sharedHouse(): E2eStack {
  const houses = inject('houses')
  const worker = Number(process.env['VITEST_POOL_ID'])
  const house = houses[worker - 1]
  if (!house) throw new Error(`There are ${houses.length} stacks, and none for worker ${worker}.`)
  const { web, pids, ...stack } = house
  // It is stopped by whoever started it.
  const stop = () => Promise.resolve()
  return {
    stack: { ...stack, pids: () => pids, stop },
    web,
    client: createPublicClient({ transport: http(stack.urls.rpc) }),
    stop,
  }
}
