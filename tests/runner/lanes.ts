/**
 * A piece of work that keeps some of the machine's cores busy while it runs.
 *
 * uses: the name of what only one job at a time may use.
 */
export type Job<Result> = { cores: number; uses?: string; run: () => Promise<Result> }

/**
 * Runs every job, as many at once as the cores allow. Jobs begin in the order given, but one that cannot begin yet is
 * overtaken by a later one that can; one that asks for more cores than there are runs alone.
 *
 * @param cores How many cores there are, at least 1.
 * @returns The results, in the order of the jobs. Rejects as soon as a job does; those that run go on.
 */
export function runInLanes<Result>(jobs: readonly Job<Result>[], cores: number): Promise<Result[]> {
  return new Promise((resolve, reject) => {
    const results: Result[] = []
    const waiting = [...jobs.entries()]
    const inUse = new Set<string>()
    let free = cores
    let running = 0

    const begin = (index: number, job: Job<Result>) => {
      const taken = Math.min(job.cores, cores)
      free -= taken
      running += 1
      if (job.uses !== undefined) inUse.add(job.uses)
      job.run().then((result) => {
        results[index] = result
        free += taken
        running -= 1
        if (job.uses !== undefined) inUse.delete(job.uses)
        fill()
      }, reject)
    }

    const canBegin = ([, job]: [number, Job<Result>]) =>
      Math.min(job.cores, cores) <= free && (job.uses === undefined || !inUse.has(job.uses))

    const fill = () => {
      for (let next = waiting.findIndex(canBegin); next >= 0; next = waiting.findIndex(canBegin)) {
        const [entry] = waiting.splice(next, 1)
        if (entry) begin(...entry)
      }
      if (waiting.length === 0 && running === 0) resolve(results)
    }

    fill()
  })
}
