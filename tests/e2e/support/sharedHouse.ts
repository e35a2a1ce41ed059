import type { TestProject } from 'vitest/node'
import type { Stack } from '../../../lib/dev/stack'
import { startE2eStack } from './e2eStack'

/** What tests must know of the stack that they share; functions do not reach them. */
export type SharedHouse = Omit<Stack, 'pids' | 'stop'> & { web: string; pids: Record<string, number> }

declare module 'vitest' {
  interface ProvidedContext {
    house: SharedHouse
  }
}

/** Starts the stack that browser tests share. @returns stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stack, web, stop } = await startE2eStack()
  const { dir, urls, deployment, deploymentFile } = stack
  project.provide('house', { dir, urls, deployment, deploymentFile, web, pids: stack.pids() })
  return stop
}
