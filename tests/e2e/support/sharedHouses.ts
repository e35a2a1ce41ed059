import type { TestProject } from 'vitest/node'
import type { Stack } from '../../../lib/dev/stack'
import { startE2eStack } from './e2eStack'

/** What tests must know of a stack that they share; functions do not reach them. */
export type SharedHouse = Omit<Stack, 'pids' | 'stop'> & { web: string; pids: Record<string, number> }

declare module 'vitest' {
  interface ProvidedContext {
    houses: SharedHouse[]
  }
}

/**
 * Starts the stacks that browser tests share, one a worker: whoever moves the time of a chain, stops its keeper or keeps
 * its blocks back does it to nobody who is at work beside him.
 *
 * @returns stops them.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const workers = Array.from({ length: project.config.maxWorkers || 1 })
  const starts = await Promise.allSettled(workers.map(() => startE2eStack()))
  const houses = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const stop = async () => void (await Promise.all(houses.map((house) => house.stop())))
  const failure = starts.find((start) => start.status === 'rejected')
  if (failure) {
    await stop()
    throw failure.reason
  }
  project.provide(
    'houses',
    houses.map(({ web, stack: { dir, urls, deployment, deploymentFile, pids } }) => ({
      ...{ dir, urls, deployment, deploymentFile, web, pids: pids() },
    })),
  )
  return stop
}
