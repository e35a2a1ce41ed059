import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readPidFile, recordOf } from './processes'

/**
 * Takes a lock that other processes on this machine respect. A lock whose holder died counts for nothing.
 *
 * @returns What gives it back, or undefined while somebody else holds it.
 */
export async function takeLock(file: string): Promise<(() => Promise<void>) | undefined> {
  await mkdir(dirname(file), { recursive: true })
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(file, JSON.stringify(recordOf(process.pid)), { flag: 'wx' })
      return () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (await readPidFile(file)) return undefined
      await rm(file, { force: true })
    }
  }
  return undefined
}

/** As `takeLock`, but waits for its turn. */
export async function waitForLock(file: string): Promise<() => Promise<void>> {
  for (;;) {
    const release = await takeLock(file)
    if (release) return release
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
