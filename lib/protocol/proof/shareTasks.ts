import type { ProofContext } from './context'

/** One worker: does some tasks of a settlement, on a thread of its own, and answers them all. */
export type TaskWorker<Task, Result> = (context: ProofContext, tasks: Task[]) => Promise<Result[]>

/** Tasks that a worker is given at a time: about a tenth of a second, so that all end at about the same time. */
const CHUNK = 8

/**
 * Shares tasks among workers: a `BidRunner` for verifying, a `ProofRunner` for proving. Results come as they are done, in
 * whatever order. The first failure of a worker ends it.
 */
export function shareTasks<Task, Result>(workers: readonly TaskWorker<Task, Result>[]) {
  return async function* (context: ProofContext, tasks: Task[]): AsyncGenerator<Result> {
    const running = new Map<TaskWorker<Task, Result>, Promise<() => Result[]>>()
    let next = 0
    const start = (worker: TaskWorker<Task, Result>) => {
      if (next === tasks.length) return
      const part = tasks.slice(next, next + CHUNK)
      next += part.length
      const done = worker(context, part).then((results) => () => {
        running.delete(worker)
        start(worker)
        return results
      })
      running.set(worker, done)
    }
    for (const worker of workers) start(worker)
    while (running.size > 0) yield* (await Promise.race(running.values()))()
  }
}
