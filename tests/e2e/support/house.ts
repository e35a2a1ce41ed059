import { createPublicClient, http } from 'viem'
import { inject } from 'vitest'
import type { E2eStack } from './e2eStack'

/** The stack that browser tests share. Its lots, accounts and clock are everyone's: a test opens what it needs. */
export function sharedHouse(): E2eStack {
  const { web, pids, ...stack } = inject('house')
  // It is stopped by whoever started it.
  const stop = () => Promise.resolve()
  return {
    stack: { ...stack, pids: () => pids, stop },
    web,
    client: createPublicClient({ transport: http(stack.urls.rpc) }),
    stop,
  }
}
